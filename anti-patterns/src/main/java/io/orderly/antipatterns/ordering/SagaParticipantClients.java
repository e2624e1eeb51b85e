package io.orderly.antipatterns.ordering;

import io.orderly.order.participants.ParticipantClients;

/**
 * HTTP clients of all participants of the saga, for the anti-patterns that call them synchronously; see {@link
 * ParticipantClients}.
 */
public final class SagaParticipantClients {

    private final ParticipantClients clients;
    private final SagaParticipantProperties properties;

    SagaParticipantClients(ParticipantClients clients, SagaParticipantProperties properties) {
        this.clients = clients;
        this.properties = properties;
    }

    /** @param calls an interface with {@code @HttpExchange} methods, as for the other participants */
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
