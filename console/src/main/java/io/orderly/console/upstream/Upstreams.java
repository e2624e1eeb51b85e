package io.orderly.console.upstream;

import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/**
 * All processes that the console sends requests to.
 *
 * @param services by their names such as {@code order-service}, in the order in which they are shown
 * @param coordinators the members; empty if the system runs without them, or on etcd
 * @param faultControl null if the system accepts no faults
 * @param http the client of all of them, which is closed with this
 */
public record Upstreams(
        Map<String, Upstream> services,
        List<Upstream> coordinators,
        @Nullable Upstream faultControl,
        HttpClient http) implements AutoCloseable {

    public static final String ORDER_SERVICE = "order-service";

    public Upstream orderService() {
        return service(ORDER_SERVICE);
    }

    /** @throws ErrorResponseException if there is no such service */
    public Upstream service(String name) {
        return Optional.ofNullable(services.get(name))
                .orElseThrow(() -> Upstream.problem(HttpStatus.NOT_FOUND, "There is no such service."));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
