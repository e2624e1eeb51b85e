package io.orderly.antipatterns;

import java.util.stream.Stream;
import org.flywaydb.core.api.Location;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;

/**
 * Tables that only an anti-pattern needs, added to the migrations of the service that has this module. Their versions begin with
 * 900, which no service comes near. A database that the service migrated when these tables were its own has them already, so they
 * are created if they do not exist.
 */
public final class AntiPatternMigrations {

    private AntiPatternMigrations() {}

    /** @param folder under {@code db/anti-patterns} */
    public static FlywayConfigurationCustomizer in(String folder) {
        return configuration -> configuration.locations(Stream.concat(
                        Stream.of(configuration.getLocations()),
                        Stream.of(Location.fromPath("classpath:", "db/anti-patterns/" + folder)))
                .toArray(Location[]::new));
    }
}
