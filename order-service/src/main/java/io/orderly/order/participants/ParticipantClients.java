package io.orderly.order.participants;

import java.net.URI;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/**
 * Creates HTTP clients of other services. Their methods throw {@link org.springframework.web.client.RestClientException} if the
 * service responds with an error or the outcome of the call is unknown.
 */
public final class ParticipantClients {

    private final RestClient.Builder clients;
    private final URI inventory;

    /** @param clients configured with the timeouts that apply to every service */
    ParticipantClients(RestClient.Builder clients, URI inventory) {
        this.clients = clients;
        this.inventory = inventory;
    }

    /** @param calls an interface of {@code @HttpExchange} methods */
    public <T> T inventory(Class<T> calls) {
        return at(inventory, calls);
    }

    /**
     * A client of a service that has no method of its own here.
     *
     * @param url the base URL of the service
     * @param calls an interface of {@code @HttpExchange} methods
     */
    public <T> T at(URI url, Class<T> calls) {
        RestClient client = clients.clone().baseUrl(url).build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .build()
                .createClient(calls);
    }
}
