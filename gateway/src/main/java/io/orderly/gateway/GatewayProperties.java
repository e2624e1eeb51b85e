package io.orderly.gateway;

import io.orderly.gateway.routing.Route;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the gateway passes on, and how long it waits.
 *
 * @param routes the services, each with the port at which the gateway listens for it; at least one. No service and no port, except 0, is listed
 *     twice. A list that is set elsewhere replaces this one as a whole
 * @param connectTimeout how long to wait for a connection to an instance, 1 s by default, before the request goes to another one. With a shorter
 *     time, a busy instance may be taken for one that is gone; with a longer one, requests wait longer for an instance whose host is gone
 * @param responseTimeout how long to wait for data of a response, 30 s by default; then the client gets a 504, or a stream ends. It must be longer
 *     than the pauses in streams, such as the heartbeat of timelines. With a shorter time, slow requests fail although the instance processes
 *     them; with a longer one, they wait longer for an instance that hangs
 * @param connectionsPerInstance the maximum number of connections to an instance, 700 by default; further requests go to another instance. It must be
 *     above the sum of concurrent requests and streams that an instance allows. With fewer connections, open streams keep requests away from an
 *     instance; with more, an instance that hangs ties up more requests
 */
@Validated
@ConfigurationProperties("orderly.gateway")
record GatewayProperties(
        @DefaultValue @NotEmpty List<@Valid Route> routes,
        @DefaultValue("1s") @DurationMin(millis = 1) Duration connectTimeout,
        @DefaultValue("30s") @DurationMin(millis = 1) Duration responseTimeout,
        @DefaultValue("700") @Min(1) int connectionsPerInstance) {

    /** @throws IllegalArgumentException if a service or a port is listed twice */
    GatewayProperties {
        routes = List.copyOf(routes);
        requireDistinct("service", routes.stream().map(Route::service).toList());
        requireDistinct(
                "port",
                routes.stream().map(Route::port).filter(port -> port != 0).toList());
    }

    private static void requireDistinct(String name, List<?> values) {
        if (values.stream().distinct().count() < values.size()) {
            throw new IllegalArgumentException("orderly.gateway.routes has a %s twice: %s".formatted(name, values));
        }
    }
}
