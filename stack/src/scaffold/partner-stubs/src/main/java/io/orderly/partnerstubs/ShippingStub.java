package io.orderly.partnerstubs;

import io.orderly.contracts.Topic;
import io.orderly.contracts.UnreadableMessageException;
import io.orderly.contracts.reply.ShipmentBooked;
import io.orderly.contracts.reply.ShipmentWithdrawn;
import io.orderly.contracts.reply.StepReply;
import io.orderly.contracts.shipping.CancelShipment;
import io.orderly.contracts.shipping.ScheduleShipment;
import io.orderly.kit.consuming.MessageBatch;
import io.orderly.kit.consuming.MessageHandler;
import io.orderly.kit.messaging.IncomingMessage;
import io.orderly.kit.outbox.Outbox;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.stereotype.Component;

/** Schedules every shipment for tomorrow, and ships nothing. It keeps nothing. */
@Component
class ShippingStub implements MessageHandler {

    private final Outbox outbox;
    private final InstantSource clock;

    ShippingStub(Outbox outbox, InstantSource clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public Topic topic() {
        return Topic.SHIPPING_COMMANDS;
    }

    @Override
    public void handle(MessageBatch batch) {
        batch.forEach(message -> outbox.append(replyTo(message)));
    }

    private StepReply replyTo(IncomingMessage message) {
        return switch (message.payload()) {
            case ScheduleShipment schedule ->
                new ShipmentBooked(schedule.orderId(), "stub-" + schedule.orderId(), tomorrow());
            case CancelShipment cancel -> new ShipmentWithdrawn(cancel.orderId());
            default -> throw new UnreadableMessageException(message.metadata().type() + " is no shipping command", null);
        };
    }

    private LocalDate tomorrow() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1);
    }
}
