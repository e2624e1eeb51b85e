package io.orderly.kit.openapi;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The description of the service in its OpenAPI description and on the page at {@code /}.
 *
 * @param description what the service does, for human readers
 * @param version the version of the service; by default that of the jar, or {@code development}
 */
@ConfigurationProperties("orderly.api")
public record ApiProperties(
        @DefaultValue("A service of Orderly.") String description,
        @DefaultValue("development") String version) {}
