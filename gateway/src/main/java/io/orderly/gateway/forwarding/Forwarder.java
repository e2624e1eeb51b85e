package io.orderly.gateway.forwarding;

import io.orderly.gateway.balancing.Choice;
import io.orderly.gateway.balancing.Instance;
import io.orderly.gateway.balancing.Instances;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Passes requests to instances, each at most once to the same one. */
public final class Forwarder {

    /** A header of responses, with the id of the instance that the request went to. */
    static final String INSTANCE_HEADER = "Orderly-Instance";

    private static final Logger log = LoggerFactory.getLogger(Forwarder.class);

    private final Instances instances;
    private final Supplier<RandomGenerator> random;
    private final ProxyExchange exchange;
    private final HeaderFilters headers;
    private final ForwardingMetrics metrics;

    /** @param random may be called by many threads at once */
    public Forwarder(
            Instances instances,
            Supplier<RandomGenerator> random,
            ProxyExchange exchange,
            HeaderFilters headers,
            ForwardingMetrics metrics) {
        this.instances = instances;
        this.random = random;
        this.exchange = exchange;
        this.headers = headers;
        this.metrics = metrics;
    }

    /** The response of an instance of the service, or a problem. Its body is in memory, so it can be sent again. */
    public ServerResponse forward(String service, ServerRequest request) {
        Optional<String> target = target(request);
        if (target.isEmpty()) {
            return GatewayProblems.malformedTarget();
        }
        Set<String> tried = new HashSet<>();
        ServerResponse failed = GatewayProblems.unavailable(service);
        while (true) {
            Optional<Instance> chosen = Choice.among(instances.of(service), tried, random.get());
            if (chosen.isEmpty()) {
                metrics.unavailable(service);
                return failed;
            }
            Instance instance = chosen.get();
            if (!tried.isEmpty()) {
                metrics.repeated(service);
            }
            try {
                return send(request, target.get(), service, instance);
            } catch (ResourceAccessException e) {
                Failure failure = failure(e);
                metrics.failed(service, instance.id(), failure);
                log.warn("{} {} at {}: {}, {}", request.method(), request.path(), instance.id(), failure, reason(e));
                if (failure != Failure.NOT_SENT) {
                    failed = GatewayProblems.failed(service, instance.id(), failure);
                }
                if (!failure.mayRepeat(request.method())) {
                    return failed;
                }
                tried.add(instance.id());
            }
        }
    }

    /** @throws ResourceAccessException if there is no response */
    private ServerResponse send(ServerRequest request, String target, String service, Instance instance) {
        ProxyExchange.Request forwarded = exchange.request(request)
                .uri(URI.create(instance.url() + target))
                .headers(headers.ofRequest(request))
                .responseConsumer((received, response) -> {
                    response.headers().putAll(headers.ofResponse(received.getHeaders(), response));
                    response.headers().set(INSTANCE_HEADER, instance.id());
                })
                .build();
        ServerResponse response = exchange.exchange(forwarded);
        metrics.responded(service, instance.id(), response.statusCode());
        return new RelayedResponse(response, request, GatewayProblems.failed(service, instance.id(), Failure.BROKEN));
    }

    /** The path and the query as they were sent; empty if they cannot be part of a URI. */
    private static Optional<String> target(ServerRequest request) {
        String path = request.servletRequest().getRequestURI();
        String query = request.servletRequest().getQueryString();
        String target = query == null ? path : path + "?" + query;
        try {
            new URI("http://instance" + target);
            return path.startsWith("/") ? Optional.of(target) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Failure failure(ResourceAccessException e) {
        return e.getCause() instanceof IOException cause ? Failure.of(cause) : Failure.BROKEN;
    }

    private static String reason(ResourceAccessException e) {
        @Nullable Throwable cause = e.getCause();
        return String.valueOf(cause == null ? e : cause);
    }
}
