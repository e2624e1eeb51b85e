package io.orderly.lab.fault;

import io.orderly.stack.Topology;
import io.orderly.stack.process.ManagedProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The payment provider is told to be out of service. A provider that was killed meanwhile comes back in service. */
final class ProviderOutage implements Injection {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int UNAVAILABLE = 503;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI provider;
    private final int answered;

    private ProviderOutage(URI provider) {
        this.provider = provider;
        settle("{\"outage\": true}");
        this.answered = send(HttpRequest.newBuilder(provider.resolve("/book")));
    }

    /** @throws FaultInjectionException if the process is another, or cannot be told */
    static ProviderOutage begin(ManagedProcess process) {
        if (!process.name().equals(Topology.PROVIDER)) {
            throw new FaultInjectionException("process", "must be the " + Topology.PROVIDER);
        }
        return new ProviderOutage(Topology.url(process.plan().port()));
    }

    @Override
    public Effect effect() {
        return new Effect(answered == UNAVAILABLE, "the provider answered " + answered);
    }

    @Override
    public void heal() {
        settle("{}");
    }

    private void settle(String settings) {
        int status = send(HttpRequest.newBuilder(provider.resolve("/settings"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(settings)));
        if (status >= 300) {
            throw new FaultInjectionException(null, "the provider refuses its settings with " + status);
        }
    }

    private int send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(TIMEOUT).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new FaultInjectionException("the provider gives no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FaultInjectionException("interrupted", e);
        }
    }
}
