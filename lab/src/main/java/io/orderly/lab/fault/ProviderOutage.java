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

/**
 * Switches the payment provider into an outage through its settings. The settings are lost when the provider restarts.
 */
final class ProviderOutage implements Injection {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int UNAVAILABLE = 503;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI provider;
    private final int status;

    private ProviderOutage(URI provider) {
        this.provider = provider;
        putSettings("{\"outage\": true}");
        this.status = send(HttpRequest.newBuilder(provider.resolve("/book")));
    }

    /** @throws FaultInjectionException if the process is not the payment provider, or does not respond */
    static ProviderOutage begin(ManagedProcess process) {
        if (!process.name().equals(Topology.PROVIDER)) {
            throw new FaultInjectionException("process", "must be the " + Topology.PROVIDER);
        }
        return new ProviderOutage(Topology.url(process.plan().port()));
    }

    @Override
    public Effect effect() {
        return new Effect(status == UNAVAILABLE, "the provider status " + status);
    }

    @Override
    public void heal() {
        putSettings("{}");
    }

    private void putSettings(String settings) {
        int status = send(HttpRequest.newBuilder(provider.resolve("/settings"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(settings)));
        if (status >= 300) {
            throw new FaultInjectionException(null, "the provider rejected its settings with status " + status);
        }
    }

    private int send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(TIMEOUT).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new FaultInjectionException("the provider does not respond", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FaultInjectionException("interrupted", e);
        }
    }
}
