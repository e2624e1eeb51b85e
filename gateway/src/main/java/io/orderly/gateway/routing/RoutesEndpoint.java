package io.orderly.gateway.routing;

import io.orderly.gateway.balancing.Instance;
import io.orderly.gateway.balancing.Instances;
import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Shows the services with their ports, and the instances that requests may go to. */
@Endpoint(id = "routes")
public final class RoutesEndpoint {

    private final RoutesWebServerFactory ports;
    private final Instances instances;

    public RoutesEndpoint(RoutesWebServerFactory ports, Instances instances) {
        this.ports = ports;
        this.instances = instances;
    }

    /** @param instances those that are alive or suspected */
    record RouteView(String service, int port, List<Instance> instances) {}

    /** All routes, in the order of the configuration. */
    record Routes(List<RouteView> routes) {}

    @ReadOperation
    Routes all() {
        return new Routes(ports.ports().entrySet().stream()
                .map(entry -> new RouteView(entry.getKey(), entry.getValue(), instances.of(entry.getKey())))
                .toList());
    }
}
