package io.orderly.order;

import io.orderly.contracts.Command;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.Topic;
import io.orderly.contracts.payment.ChargePayment;
import io.orderly.contracts.reply.ChargeCaptured;
import io.orderly.contracts.reply.ChargeReversed;
import io.orderly.contracts.reply.Reply;
import io.orderly.contracts.reply.ShipmentBooked;
import io.orderly.contracts.reply.ShipmentWithdrawn;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StockCommitted;
import io.orderly.contracts.reply.StockReleased;
import io.orderly.contracts.reply.StockReserved;
import io.orderly.kit.messaging.RawMessage;
import io.orderly.kit.testing.KafkaTap;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Stubs of the inventory-, payment- and shipping-service. They complete every step immediately, unless a script returns a different
 * reply.
 */
final class ScriptedParticipants {

    /** Returns the reply to a command, or empty to send none. */
    interface Script extends Function<Command, Optional<Reply>> {}

    /** Completes every step. */
    static final Script COMPLETE_ALL = command -> Optional.of(completion(command));

    private final KafkaTap kafka;
    private final Map<OrderId, Script> scripts = new ConcurrentHashMap<>();
    private volatile Script script = COMPLETE_ALL;

    ScriptedParticipants(String bootstrapServers, KafkaTap kafka) {
        this.kafka = kafka;
        Consumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        "participants-" + UUID.randomUUID(),
                        "metadata.max.age.ms",
                        500,
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(
                Topic.INVENTORY_COMMANDS.topicName(),
                Topic.PAYMENT_COMMANDS.topicName(),
                Topic.SHIPPING_COMMANDS.topicName()));
        Thread.ofPlatform().name("participants").daemon().start(() -> {
            while (true) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> play(RawMessage.of(record)));
            }
        });
    }

    /** Sets the script of orders that are placed from now on. */
    void play(Script newScript) {
        script = newScript;
    }

    /** Sets the script of this order. */
    void play(OrderId order, Script newScript) {
        scripts.put(order, newScript);
    }

    /** Completes every step except this step, to whose command it does not reply. */
    static Script silentAt(SagaStep step) {
        return command -> command.step() == step ? Optional.empty() : COMPLETE_ALL.apply(command);
    }

    static Script decliningAt(SagaStep step, String reason) {
        return command -> command.step() == step
                ? Optional.of(new StepDeclined(command.orderId(), step, reason, "scripted"))
                : COMPLETE_ALL.apply(command);
    }

    private void play(RawMessage raw) {
        var command = (Command) MessageCodec.decode(raw.headers().getOrDefault(MessageHeaders.TYPE, ""), raw.body());
        scripts.computeIfAbsent(command.orderId(), _ -> script).apply(command).ifPresent(reply -> {
            Map<String, String> headers = new LinkedHashMap<>(KafkaTap.headers(reply));
            headers.put(MessageHeaders.TRACE_PARENT, raw.headers().getOrDefault(MessageHeaders.TRACE_PARENT, ""));
            headers.put(
                    MessageHeaders.LAMPORT_TIME,
                    Long.toString(Long.parseLong(raw.headers().getOrDefault(MessageHeaders.LAMPORT_TIME, "0")) + 1));
            kafka.send(reply, headers);
        });
    }

    static Reply completion(Command command) {
        OrderId order = command.orderId();
        return switch (command.step()) {
            case RESERVE_INVENTORY -> new StockReserved(order);
            case CHARGE_PAYMENT -> new ChargeCaptured(order, "payment-" + order, ((ChargePayment) command).amount());
            case SCHEDULE_SHIPMENT -> new ShipmentBooked(order, "shipment-" + order, LocalDate.of(2026, 11, 24));
            case COMMIT_RESERVATION -> new StockCommitted(order);
            case CANCEL_SHIPMENT -> new ShipmentWithdrawn(order);
            case REFUND_PAYMENT -> new ChargeReversed(order, Money.euros("1.00"));
            case RELEASE_INVENTORY -> new StockReleased(order);
        };
    }
}
