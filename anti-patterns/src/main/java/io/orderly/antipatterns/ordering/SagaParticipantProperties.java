package io.orderly.antipatterns.ordering;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The URLs of the services that the order-service calls only in these anti-patterns. */
@ConfigurationProperties("orderly.participants")
record SagaParticipantProperties(
        @DefaultValue Payment payment, @DefaultValue Shipping shipping) {

    record Payment(@DefaultValue("http://localhost:8082") URI url) {}

    record Shipping(@DefaultValue("http://localhost:8083") URI url) {}
}
