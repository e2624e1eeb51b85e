package io.orderly.chaos;

import java.io.IOException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Crash points before and after each request that charges or reverses a payment at the provider. The payment-service
 * has committed its intent before the first one, and commits the outcome after the second one.
 */
final class ChargeCrashPoints implements ClientHttpRequestInterceptor {

    private static final String CHARGES = "/charges/";

    private final CrashPoint afterIntentBeforeCharge;
    private final CrashPoint afterChargeBeforeAcknowledgement;

    ChargeCrashPoints(CrashPoints crashPoints) {
        this.afterIntentBeforeCharge = crashPoints.named("after-intent-before-charge");
        this.afterChargeBeforeAcknowledgement = crashPoints.named("after-charge-before-acknowledgement");
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        if (!changesPayment(request)) {
            return execution.execute(request, body);
        }
        afterIntentBeforeCharge.pass();
        ClientHttpResponse response = execution.execute(request, body);
        afterChargeBeforeAcknowledgement.pass();
        return response;
    }

    private static boolean changesPayment(HttpRequest request) {
        return request.getMethod() != HttpMethod.GET
                && request.getURI().getPath().startsWith(CHARGES);
    }
}
