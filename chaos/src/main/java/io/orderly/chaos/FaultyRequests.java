package io.orderly.chaos;

import io.orderly.chaos.ServiceFault.InjectionPoint;
import java.io.IOException;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/** Holds up requests to other processes, or fails them as a lost connection would. */
final class FaultyRequests implements ClientHttpRequestInterceptor {

    private final LatencyAndErrors disturbances;

    FaultyRequests(LatencyAndErrors disturbances) {
        this.disturbances = disturbances;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        disturbances.strike(InjectionPoint.HTTP_CLIENT, () -> new IOException("the connection is lost on purpose"));
        return execution.execute(request, body);
    }
}
