package io.orderly.gateway.routing;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A service and the port at which the gateway listens for it.
 *
 * @param service the name under which its instances are members; a service without instances is answered for with a 503
 * @param port the TCP port; 0 for a free one, which {@code /actuator/routes} shows. A port that is missing is refused
 */
public record Route(
        @DefaultValue("") @NotBlank String service,
        @DefaultValue("-1") @Min(0) @Max(65_535) int port) {}
