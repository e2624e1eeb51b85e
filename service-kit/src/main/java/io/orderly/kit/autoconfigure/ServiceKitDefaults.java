package io.orderly.kit.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Profiles;
import org.springframework.core.io.ClassPathResource;

/** Adds {@code service-kit.yaml} beneath all other settings, and what the profile {@code chaos} needs. */
final class ServiceKitDefaults implements EnvironmentPostProcessor, Ordered {

    private static final String CHAOS = "chaos";

    /** The profile that the Chaos Monkey for Spring Boot asks for. */
    private static final String CHAOS_MONKEY = "chaos-monkey";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.acceptsProfiles(Profiles.of(CHAOS))) {
            environment.addActiveProfile(CHAOS_MONKEY);
            add("service-kit-chaos", environment);
        }
        add("service-kit", environment);
    }

    private static void add(String name, ConfigurableEnvironment environment) {
        try {
            new YamlPropertySourceLoader()
                    .load(name, new ClassPathResource(name + ".yaml"))
                    .forEach(environment.getPropertySources()::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ".yaml cannot be read", e);
        }
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
