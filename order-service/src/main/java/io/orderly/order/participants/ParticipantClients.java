package io.orderly.order.participants;

import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/**
 * Clients of the other services. Their methods throw {@link org.springframework.web.client.RestClientException}: of the service
 * if it answered with a problem, or because the outcome of the call is unknown.
 */
public final class ParticipantClients {

    private final HttpServiceProxyFactory inventory;
    private final HttpServiceProxyFactory payment;
    private final HttpServiceProxyFactory shipping;

    ParticipantClients(RestClient inventory, RestClient payment, RestClient shipping) {
        this.inventory = factory(inventory);
        this.payment = factory(payment);
        this.shipping = factory(shipping);
    }

    private static HttpServiceProxyFactory factory(RestClient client) {
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .build();
    }

    /** @param calls an interface of {@code @HttpExchange} methods, as in the other two */
    public <T> T inventory(Class<T> calls) {
        return inventory.createClient(calls);
    }

    public <T> T payment(Class<T> calls) {
        return payment.createClient(calls);
    }

    public <T> T shipping(Class<T> calls) {
        return shipping.createClient(calls);
    }
}
