package io.orderly.backends;

import java.util.Map;

/** A database and the role that owns it. */
public record Database(String jdbcUrl, String username, String password) {

    /** The properties that connect a Spring Boot application to this database. */
    public Map<String, String> springProperties() {
        return Map.of(
                "spring.datasource.url", jdbcUrl,
                "spring.datasource.username", username,
                "spring.datasource.password", password);
    }
}
