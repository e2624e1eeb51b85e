package io.orderly.antipatterns.ordering;

import io.orderly.order.participants.ParticipantClients;

/** Clients of all participants of the saga, for ways to place an order that call them; see {@link ParticipantClients}. */
public final class SagaParticipantClients {

    private final ParticipantClients clients;
    private final SagaParticipantProperties properties;

    SagaParticipantClients(ParticipantClients clients, SagaParticipantProperties properties) {
        this.clients = clients;
        this.properties = properties;
    }

    /** @param calls an interface of {@code @HttpExchange} methods, as in the other two */
    public <T> T inventory(Class<T> calls) {
        return clients.inventory(calls);
    }

    public <T> T payment(Class<T> calls) {
        return clients.at(properties.payment().url(), calls);
    }

    public <T> T shipping(Class<T> calls) {
        return clients.at(properties.shipping().url(), calls);
    }
}
