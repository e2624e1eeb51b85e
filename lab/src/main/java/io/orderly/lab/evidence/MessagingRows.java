package io.orderly.lab.evidence;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The messaging tables of a service.
 *
 * @param unpublished the number of messages in the outbox
 * @param firstUnpublished the oldest of these messages, as {@code topic/key}
 * @param staleInbox the number of inbox entries older than the retention
 * @param staleResponses the number of stored responses older than the retention
 * @param deadLetters messages that could not be handled and wait for an operator
 */
public record MessagingRows(
        long unpublished,
        List<String> firstUnpublished,
        long staleInbox,
        long staleResponses,
        List<DeadLetterRow> deadLetters) {

    private static final int SHOWN = 10;
    private static final int MAX_CAUSE_LENGTH = 500;
    private static final String DEAD_LETTERS = """
            select id, topic, left(message_key, ?) as message_key, left(cause, ?) as cause
              from dead_letters order by id""";

    /**
     * @param key the first characters of the key
     * @param cause null for a message that was dead-lettered only because of an earlier dead letter of its key
     */
    public record DeadLetterRow(
            String id,
            String topic,
            @Nullable String key,
            @Nullable String cause) {}

    /** @param retention after which rows should have been deleted */
    public static MessagingRows read(JdbcClient jdbc, Duration retention) {
        return new MessagingRows(
                count(jdbc.sql("select count(*) from outbox")),
                jdbc.sql("select topic || '/' || left(message_key, 200) from outbox order by position limit " + SHOWN)
                        .query(String.class)
                        .list(),
                count(jdbc.sql("select count(*) from inbox where received_at < now() - ? * interval '1 ms'")
                        .param(retention.toMillis())),
                count(jdbc.sql("select count(*) from idempotency_keys where created_at < now() - ? * interval '1 ms'")
                        .param(retention.toMillis())),
                jdbc.sql(DEAD_LETTERS)
                        .params(DeadLetterRecord.KEY_CHARACTERS, MAX_CAUSE_LENGTH)
                        .query((row, _) -> new DeadLetterRow(
                                row.getString("id"),
                                row.getString("topic"),
                                row.getString("message_key"),
                                row.getString("cause")))
                        .list());
    }

    private static long count(JdbcClient.StatementSpec query) {
        return query.query(Long.class).single();
    }
}
