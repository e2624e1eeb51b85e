package io.orderly.antipatterns;

import java.util.stream.Stream;
import org.flywaydb.core.api.Location;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;

/**
 * Migrations of tables that only an anti-pattern needs, added to the migrations of the service. Their versions begin
 * with 900, above all versions of the services. The tables are created only if they do not exist, because databases of
 * earlier releases already contain them.
 */
public final class AntiPatternMigrations {

    private AntiPatternMigrations() {}

    /** @param folder a directory below {@code db/anti-patterns} */
    public static FlywayConfigurationCustomizer in(String folder) {
        return configuration -> configuration.locations(Stream.concat(
                        Stream.of(configuration.getLocations()),
                        Stream.of(Location.fromPath("classpath:", "db/anti-patterns/" + folder)))
                .toArray(Location[]::new));
    }
}
