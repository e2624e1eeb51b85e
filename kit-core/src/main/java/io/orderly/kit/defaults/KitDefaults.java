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

/** Adds the {@code defaults.yaml} of each part of the kit beneath all other settings. No two parts have one setting in common. */
final class KitDefaults implements EnvironmentPostProcessor, Ordered {

    static final String OF_EACH_PART = "classpath*:io/orderly/kit/defaults.yaml";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        try {
            for (Resource part : new PathMatchingResourcePatternResolver().getResources(OF_EACH_PART)) {
                new YamlPropertySourceLoader()
                        .load(part.getURL().toString(), part)
                        .forEach(environment.getPropertySources()::addLast);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the defaults of the kit cannot be read", e);
        }
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
