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

/** Adds what the profile {@code chaos} needs: {@code chaos.yaml}, and the profile that the Chaos Monkey for Spring Boot asks for. */
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

    /** Before the kit adds its defaults, so that these win. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 1;
    }
}
