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
 * An entry of a saga's timeline. Times and trace are those that the sender of the related message recorded; an entry without a
 * message has the times and trace of this service. Entries are never changed.
 */
@Entity
@Immutable
@Table(name = "saga_timeline")
@IdClass(TimelineEntry.Key.class)
public class TimelineEntry {

    /** The primary key: the saga and the number of the entry in its timeline. */
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
     * @param seq the number of the entry, from 1, without gaps
     * @param step null if the entry is not related to a step
     * @param attempt the attempt of the step; null if there is no step, or if the step is not awaited
     * @param message the type of the message sent or received, such as {@code ReserveInventory}; null if there was none
     * @param messageId the CloudEvents id of the message; null if there was none
     * @param cause the reason of a failure, or who sent an operator's request and why; null if nothing failed or the operator did not say
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

    /** The kind of an entry. */
    public enum Kind {
        /** The order was placed. */
        PLACED,
        /** A command was sent. */
        COMMAND,
        /** A participant replied, and the saga changed its state. */
        REPLY,
        /** A participant sent a reply that was not awaited. */
        IGNORED,
        /** A reply could not be processed. */
        DEAD_LETTER,
        /** The deadline passed without a reply. */
        DEADLINE,
        /** The customer requested the cancellation of the order. */
        CANCELLATION,
        /** An operator sent a request. */
        OPERATOR,
        PARKED,
        RESUMED,
        CONFIRMED,
        REJECTED,
        CANCELLED;

        /** Whether this entry marks the end of the saga. */
        public boolean isEnd() {
            return this == CONFIRMED || this == REJECTED || this == CANCELLED;
        }
    }
}
