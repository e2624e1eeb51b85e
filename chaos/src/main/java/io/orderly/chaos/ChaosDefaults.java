package io.orderly.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Profiles;
import org.springframework.core.io.ClassPathResource;

/**
 * Adds the configuration of the profile {@code chaos}: {@code chaos.yaml}, and the profile of the Chaos Monkey for
 * Spring Boot.
 */
final class ChaosDefaults implements EnvironmentPostProcessor, Ordered {

    private static final String CHAOS_MONKEY = "chaos-monkey";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!environment.acceptsProfiles(Profiles.of(ChaosAutoConfiguration.PROFILE))) {
            return;
        }
        environment.addActiveProfile(CHAOS_MONKEY);
        try {
            new YamlPropertySourceLoader()
                    .load("chaos", new ClassPathResource("chaos.yaml"))
                    .forEach(environment.getPropertySources()::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException("chaos.yaml cannot be read", e);
        }
    }

    /** Runs before the kit adds its defaults, so that this configuration takes precedence. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 1;
    }
}
