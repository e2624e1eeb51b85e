package io.orderly.chaos;

import io.orderly.chaos.ServiceFault.InjectionPoint;
import java.io.IOException;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/** Delays outgoing requests, or fails them like a lost connection. */
final class FaultyRequests implements ClientHttpRequestInterceptor {

    private final LatencyAndErrors latencyAndErrors;

    FaultyRequests(LatencyAndErrors latencyAndErrors) {
        this.latencyAndErrors = latencyAndErrors;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        latencyAndErrors.inject(InjectionPoint.HTTP_CLIENT, () -> new IOException("injected connection loss"));
        return execution.execute(request, body);
    }
}
