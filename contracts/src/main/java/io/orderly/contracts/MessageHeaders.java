package io.orderly.contracts;

/**
 * The Kafka headers of every message: CloudEvents 1.0 in the binary Kafka binding (Kafka Protocol Binding, section 3.2), W3C
 * Trace Context, and extensions of this project. All values are UTF-8 text.
 */
public final class MessageHeaders {

    /** Always {@code 1.0}. */
    public static final String SPEC_VERSION = "ce_specversion";

    /** Identifies the message; all copies have the same id. */
    public static final String ID = "ce_id";

    /** A {@link MessageType#name()}. */
    public static final String TYPE = "ce_type";

    /** The sending service, such as {@code /order-service}. */
    public static final String SOURCE = "ce_source";

    /** The time at which the message was created, by the sender's wall clock, RFC 3339. */
    public static final String TIME = "ce_time";

    /** The order, where there is one. */
    public static final String SUBJECT = "ce_subject";

    /** The sender's Lamport time, a decimal number. */
    public static final String LAMPORT_TIME = "ce_lamporttime";

    /** The sender's hybrid time, such as {@code 2026-11-23T04:30:00.123Z#0005}. */
    public static final String HYBRID_TIME = "ce_hybridtime";

    /** The id of the message that caused this one; for a reply, that of its command. */
    public static final String CAUSATION_ID = "ce_causationid";

    /** {@code application/json}. */
    public static final String CONTENT_TYPE = "content-type";

    /** W3C Trace Context, level 1. */
    public static final String TRACE_PARENT = "traceparent";

    /** On dead letters: why the message could not be handled. */
    public static final String DEAD_LETTER_CAUSE = "deadlettercause";

    /** On dead letters: the topic from which the message was consumed. */
    public static final String DEAD_LETTER_TOPIC = "deadlettertopic";

    private MessageHeaders() {}
}
