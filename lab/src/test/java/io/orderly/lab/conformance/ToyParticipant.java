package io.orderly.lab.conformance;

import io.orderly.contracts.Command;
import io.orderly.contracts.Message;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.Topic;
import io.orderly.contracts.UnreadableMessageException;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A small participant that keeps the contract. Each method is one of its duties, and a broken copy overrides one. */
public class ToyParticipant {

    /** A step of an order. */
    protected record Key(OrderId order, SagaStep step) {}

    protected final ToyBusiness business;
    private final Topic commands;
    private final Set<String> inbox = new HashSet<>();
    private final Map<Key, StepReply> records = new HashMap<>();

    public ToyParticipant(Subject subject) {
        this(subject, new ToyBusiness());
    }

    ToyParticipant(Subject subject, ToyBusiness business) {
        this.commands = subject.topic();
        this.business = business;
    }

    /** Handles the commands that it read at once, and returns what it publishes. */
    public List<Incoming> handle(List<Incoming> batch) {
        List<Incoming> published = new ArrayList<>();
        batch.forEach(record -> published.addAll(handleOne(record)));
        return published;
    }

    /** It is killed, and starts again. Returns what it reads again of the commands that it had read or not. */
    List<Incoming> restart(List<Incoming> underWay) {
        return underWay;
    }

    List<Incoming> handleOne(Incoming record) {
        Command command;
        try {
            command = read(record);
        } catch (UnreadableMessageException e) {
            return deadLetter(record, e);
        }
        String id = record.headers().getOrDefault(MessageHeaders.ID, "");
        if (isCopy(id, command)) {
            return List.of();
        }
        StepReply reply = answer(command);
        return reply == null ? List.of() : List.of(published(reply, id));
    }

    Command read(Incoming record) {
        Message message = MessageCodec.decode(record.headers().getOrDefault(MessageHeaders.TYPE, ""), record.body());
        if (message instanceof Command command && MessageType.of(message).topic() == commands) {
            return command;
        }
        throw new UnreadableMessageException("no command of " + commands.topicName(), null);
    }

    List<Incoming> deadLetter(Incoming record, UnreadableMessageException cause) {
        Map<String, String> headers = new HashMap<>(record.headers());
        headers.put(MessageHeaders.DEAD_LETTER_CAUSE, String.valueOf(cause.getMessage()));
        headers.put(MessageHeaders.DEAD_LETTER_TOPIC, record.topic());
        return List.of(new Incoming(commands.deadLetterTopicName(), record.key(), headers, record.body()));
    }

    boolean isCopy(String id, Command command) {
        return !inbox.add(id);
    }

    /** @return null for no reply */
    @Nullable StepReply answer(Command command) {
        StepReply recorded = recorded(command);
        if (recorded != null) {
            return repeated(recorded);
        }
        StepReply reply = business.execute(command);
        if (!(reply instanceof StepRefused)) {
            records.put(new Key(command.orderId(), command.step()), reply);
            if (command.step().isCompensation()) {
                recordTombstone(command);
            }
        }
        return reply;
    }

    @Nullable StepReply recorded(Command command) {
        return records.get(new Key(command.orderId(), command.step()));
    }

    boolean isCompensated(OrderId order) {
        return records.keySet().stream()
                .anyMatch(key -> key.order().equals(order) && key.step().isCompensation());
    }

    StepReply repeated(StepReply recorded) {
        return recorded;
    }

    protected void recordTombstone(Command compensation) {
        SagaStep forward = compensation.step().forward();
        records.putIfAbsent(
                new Key(compensation.orderId(), forward),
                new StepRefused(compensation.orderId(), forward, "ALREADY_COMPENSATED", "it came too late"));
    }

    private Incoming published(StepReply reply, String causationId) {
        Map<String, String> headers = new HashMap<>();
        headers.put(MessageHeaders.SPEC_VERSION, "1.0");
        headers.put(MessageHeaders.ID, UUID.randomUUID().toString());
        headers.put(MessageHeaders.TYPE, MessageType.of(reply).name());
        headers.put(MessageHeaders.SOURCE, "/toy");
        headers.put(MessageHeaders.TIME, Instant.EPOCH.toString());
        headers.put(MessageHeaders.LAMPORT_TIME, "1");
        headers.put(MessageHeaders.HYBRID_TIME, "2026-01-01T00:00:00.000Z#0000");
        headers.put(MessageHeaders.CAUSATION_ID, causationId);
        headers.put(MessageHeaders.CONTENT_TYPE, "application/json");
        return new Incoming(
                Topic.SAGA_REPLIES.topicName(), keyOf(reply), envelope(headers), MessageCodec.encode(reply));
    }

    @Nullable String keyOf(StepReply reply) {
        return reply.key();
    }

    Map<String, String> envelope(Map<String, String> headers) {
        return headers;
    }
}
