package io.orderly.kit.openapi;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the OpenAPI description and the page at {@code /} say about the service.
 *
 * @param description a sentence about what it does; only people read it
 * @param version of the service; by default the one that the jar was packaged as, or {@code development}
 */
@ConfigurationProperties("orderly.api")
public record ApiProperties(
        @DefaultValue("A service of Orderly.") String description,
        @DefaultValue("development") String version) {}
