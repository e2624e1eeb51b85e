package io.orderly.backends;

import java.util.Map;

/** A database and the role that owns it. */
public record Database(String jdbcUrl, String username, String password) {

    /** What points a Spring Boot application at this database. */
    public Map<String, String> springProperties() {
        return Map.of(
                "spring.datasource.url", jdbcUrl,
                "spring.datasource.username", username,
                "spring.datasource.password", password);
    }
}
