package io.orderly.order.timeline;

import io.orderly.clock.HybridTimestamp;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.order.saga.Cause;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a saga. Times and trace are those of the message it is about, as its sender stamped it, or
 * this service's own if it is about none. An entry is added and never changed.
 */
@Entity
@Immutable
@Table(name = "saga_timeline")
@IdClass(TimelineEntry.Key.class)
public class TimelineEntry {

    /** Names an entry: the saga, and its number there. */
    record Key(UUID orderId, int seq) {}

    @Id
    private UUID orderId;

    @Id
    private int seq;

    @Enumerated(EnumType.STRING)
    private Kind kind;

    @Enumerated(EnumType.STRING)
    private @Nullable SagaStep step;

    private @Nullable Integer attempt;

    private @Nullable String message;

    private @Nullable UUID messageId;

    private @Nullable String reason;

    private @Nullable String detail;

    private Instant at;

    private long lamportTime;

    private long hybridTime;

    private @Nullable String traceId;

    protected TimelineEntry() {}

    /**
     * @param seq from 1, without gaps
     * @param step the step it is about; null if it is about none
     * @param attempt which attempt of the step; null if it is about none, or about one that is not awaited
     * @param message what was sent or heard, such as {@code ReserveInventory}; null if nothing was
     * @param messageId the message's CloudEvents id; null if it is about none
     * @param cause why, where something did not go as hoped; else null
     * @param traceId 32 hex digits; null if there was no trace
     */
    public TimelineEntry(
            OrderId orderId,
            int seq,
            Kind kind,
            @Nullable SagaStep step,
            @Nullable Integer attempt,
            @Nullable String message,
            @Nullable UUID messageId,
            @Nullable Cause cause,
            Instant at,
            long lamportTime,
            HybridTimestamp hybridTime,
            @Nullable String traceId) {
        this.orderId = orderId.value();
        this.seq = seq;
        this.kind = kind;
        this.step = step;
        this.attempt = attempt;
        this.message = message;
        this.messageId = messageId;
        this.reason = cause == null ? null : cause.reason();
        this.detail = cause == null ? null : cause.detail();
        this.at = at;
        this.lamportTime = lamportTime;
        this.hybridTime = hybridTime.toLong();
        this.traceId = traceId;
    }

    public OrderId orderId() {
        return new OrderId(orderId);
    }

    public int seq() {
        return seq;
    }

    public Kind kind() {
        return kind;
    }

    public @Nullable SagaStep step() {
        return step;
    }

    public @Nullable Integer attempt() {
        return attempt;
    }

    public @Nullable String message() {
        return message;
    }

    public @Nullable UUID messageId() {
        return messageId;
    }

    public @Nullable Cause cause() {
        return reason == null || detail == null ? null : new Cause(reason, detail);
    }

    public Instant at() {
        return at;
    }

    public long lamportTime() {
        return lamportTime;
    }

    public HybridTimestamp hybridTime() {
        return HybridTimestamp.fromLong(hybridTime);
    }

    public @Nullable String traceId() {
        return traceId;
    }

    /** What kind of thing happened. */
    public enum Kind {
        /** The order was accepted. */
        PLACED,
        /** A command was sent. */
        COMMAND,
        /** A participant answered, and the saga went on. */
        REPLY,
        /** A participant answered what was not, or no longer, awaited. */
        IGNORED,
        /** A reply could not be read. */
        DEAD_LETTER,
        /** No reply came in time. */
        DEADLINE,
        /** The customer asked for the order to be cancelled. */
        CANCELLATION,
        /** An operator stepped in. */
        OPERATOR,
        PARKED,
        RESUMED,
        CONFIRMED,
        REJECTED,
        CANCELLED;

        /** Whether the saga ends with it. */
        public boolean isEnd() {
            return this == CONFIRMED || this == REJECTED || this == CANCELLED;
        }
    }
}
