package io.orderly.kit.defaults;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Adds the {@code defaults.yaml} of each kit module with the lowest precedence. A setting is in at most one of these files.
 */
final class KitDefaults implements EnvironmentPostProcessor, Ordered {

    static final String LOCATION_PATTERN = "classpath*:io/orderly/kit/defaults.yaml";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        try {
            for (Resource module : new PathMatchingResourcePatternResolver().getResources(LOCATION_PATTERN)) {
                new YamlPropertySourceLoader()
                        .load(module.getURL().toString(), module)
                        .forEach(environment.getPropertySources()::addLast);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the defaults of the kit", e);
        }
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
