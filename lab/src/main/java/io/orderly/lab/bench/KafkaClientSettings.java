package io.orderly.lab.bench;

import java.util.Map;

/** The settings of the services' Kafka clients; a test compares them with the services' configuration. */
final class KafkaClientSettings {

    static final Map<String, Object> PRODUCER = Map.of(
            "acks",
            "all",
            "enable.idempotence",
            true,
            "linger.ms",
            5,
            "max.in.flight.requests.per.connection",
            1,
            "batch.size",
            131_072,
            "delivery.timeout.ms",
            Integer.MAX_VALUE,
            "max.block.ms",
            10_000,
            "request.timeout.ms",
            10_000);

    static final Map<String, Object> CONSUMER = Map.of(
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            false,
            "max.poll.records",
            500,
            "session.timeout.ms",
            6_000,
            "heartbeat.interval.ms",
            1_500);

    private KafkaClientSettings() {}
}
