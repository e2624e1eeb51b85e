package io.orderly.coordinator.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.coordinator.connection.ClientTls;
import io.orderly.coordinator.connection.RefusalLog;
import io.orderly.coordinator.connection.TlsFailure;

/** TLS of the port, and what becomes of connections whose handshake fails: they are counted, and logged once a minute by host. */
record TlsPort(ClientTls tls, RefusalLog log, MeterRegistry meters) {

    void refused(String host, TlsFailure failure) {
        Counter.builder("orderly.coordinator.api.refused")
                .description("Connections of clients whose TLS handshake failed")
                .tag("reason", failure.kind().tag())
                .register(meters)
                .increment();
        log.warn(
                host + failure.kind(),
                "a connection of a client at %s was refused: %s".formatted(host, failure.reason()));
    }
}
