package io.orderly.kit.deadletter;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.Printable;
import io.orderly.contracts.Topic;
import io.orderly.kit.messaging.RawMessage;
import io.orderly.kit.outbox.TransactionalOutbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The dead letters of this service. Those of one topic and key form a sequence. A transaction that adds to a sequence or
 * removes from it holds the sequence's advisory lock, so a message that arrives during a replay is either added to the
 * sequence or handled after it.
 */
public final class DeadLetters {

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};
    private static final int MAX_CAUSE_LENGTH = 2_000;

    private static final String SELECT = """
            select letter.*, coalesce(
                       (select first.id from dead_letters as first
                         where first.topic = letter.topic and first.message_key = letter.message_key
                         order by first.arrival limit 1),
                       letter.id) as oldest
              from dead_letters as letter""";

    private static final String INSERT = """
            insert into dead_letters (id, topic, record_partition, record_offset, record_timestamp, digest, message_key,
                                      headers, body, cause, attempts, parked_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (topic, record_partition, record_offset, record_timestamp, digest) do nothing""";

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final TransactionalOutbox outbox;
    private final InstantSource clock;
    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    /** Sequences that may have letters: at least all that have letters in the partitions assigned to this instance. */
    private final Set<Sequence> maybeBlocked = ConcurrentHashMap.newKeySet();

    DeadLetters(JdbcClient jdbc, JsonMapper json, TransactionalOutbox outbox, InstantSource clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.outbox = outbox;
        this.clock = clock;
    }

    private record Sequence(String topic, String key) implements Comparable<Sequence> {

        @Override
        public int compareTo(Sequence other) {
            return topic.equals(other.topic) ? key.compareTo(other.key) : topic.compareTo(other.topic);
        }
    }

    /**
     * Must be called before the first message of newly assigned partitions: another instance may have stored dead letters of
     * them.
     */
    public void partitionsAssigned(String topic) {
        jdbc.sql("select distinct message_key from dead_letters where topic = ? and message_key is not null")
                .param(topic)
                .query(String.class)
                .list()
                .forEach(key -> maybeBlocked.add(new Sequence(topic, key)));
    }

    /**
     * Stores as dead letters those messages that follow a dead letter of their key, so that they do not overtake it.
     *
     * @param whenAdded called in the same transaction for each added letter, with its message
     * @return the other messages
     */
    public List<RawMessage> deadLetterFollowers(List<RawMessage> batch, BiConsumer<DeadLetter, RawMessage> whenAdded) {
        if (maybeBlocked.isEmpty()) {
            return batch;
        }
        Set<Sequence> blocked = blockedAmong(batch);
        List<RawMessage> free = new ArrayList<>(batch.size());
        for (RawMessage raw : batch) {
            if (raw.key() != null && blocked.contains(new Sequence(raw.topic(), raw.key()))) {
                add(raw, null, 0, letter -> whenAdded.accept(letter, raw));
            } else {
                free.add(raw);
            }
        }
        return free;
    }

    /** Stores a message that failed as a dead letter, and publishes a copy on the dead-letter topic. */
    public void deadLetter(RawMessage raw, RuntimeException cause, int attempts, Consumer<DeadLetter> whenAdded) {
        if (raw.key() != null) {
            var sequence = new Sequence(raw.topic(), raw.key());
            lock(sequence);
            maybeBlocked.add(sequence);
        }
        add(raw, describe(cause), attempts, whenAdded);
    }

    private Set<Sequence> blockedAmong(List<RawMessage> batch) {
        Set<Sequence> blocked = new HashSet<>();
        // sorted, so that transactions do not deadlock
        for (Sequence sequence : sequencesOf(batch)) {
            if (maybeBlocked.contains(sequence)) {
                lock(sequence);
                if (oldest(sequence.topic(), sequence.key()).isPresent()) {
                    blocked.add(sequence);
                } else {
                    maybeBlocked.remove(sequence);
                }
            }
        }
        return blocked;
    }

    private static Set<Sequence> sequencesOf(List<RawMessage> batch) {
        Set<Sequence> sequences = new TreeSet<>();
        for (RawMessage raw : batch) {
            if (raw.key() != null) {
                sequences.add(new Sequence(raw.topic(), raw.key()));
            }
        }
        return sequences;
    }

    private void add(RawMessage raw, @Nullable String cause, int attempts, Consumer<DeadLetter> whenAdded) {
        UUID id = ids.generate();
        int added = jdbc.sql(INSERT)
                .param(id)
                .param(raw.topic())
                .param(raw.partition())
                .param(raw.offset())
                .param(raw.timestamp())
                .param(raw.digest())
                .param(raw.key())
                .param(json.writeValueAsString(raw.headers()))
                .param(raw.body())
                .param(cause)
                .param(attempts)
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        if (added == 1) {
            DeadLetter letter = find(id).orElseThrow().describe();
            outbox.forward(
                    raw,
                    Topic.deadLetterTopicName(raw.topic()),
                    Map.of(
                            MessageHeaders.DEAD_LETTER_CAUSE,
                            letter.cause(),
                            MessageHeaders.DEAD_LETTER_TOPIC,
                            raw.topic()));
            whenAdded.accept(letter);
        }
    }

    /** Locks the sequence of this topic and key until the end of the transaction. */
    void lock(String topic, @Nullable String key) {
        if (key != null) {
            lock(new Sequence(topic, key));
        }
    }

    private void lock(Sequence sequence) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param(sequence.topic() + "/" + sequence.key())
                .query((row, number) -> 0)
                .list();
    }

    Optional<StoredDeadLetter> find(UUID id) {
        return jdbc.sql(SELECT + " where id = ?")
                .param(id)
                .query((row, number) -> read(row))
                .optional();
    }

    Optional<StoredDeadLetter> oldest(String topic, @Nullable String key) {
        if (key == null) {
            return Optional.empty();
        }
        return jdbc.sql(SELECT + " where topic = ? and message_key = ? order by arrival limit 1")
                .param(topic)
                .param(key)
                .query((row, number) -> read(row))
                .optional();
    }

    /** The letters with these ids that exist. */
    List<StoredDeadLetter> find(Collection<UUID> ids) {
        return jdbc.sql(SELECT + " where id = any(?::uuid[]) order by id")
                .param(ids.stream().map(UUID::toString).toArray(String[]::new))
                .query((row, number) -> read(row))
                .list();
    }

    /**
     * The matching letters after this id, oldest first. The query scans the primary key and filters: there are few dead
     * letters, or many with the same cause, which match.
     */
    List<StoredDeadLetter> page(LetterFilter filter, @Nullable UUID after, int limit) {
        String start = after == null ? " where true" : " where id > :after";
        return jdbc.sql(SELECT + start + filter.conditions() + " order by id limit :limit")
                .params(filter.parameters())
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> read(row))
                .list();
    }

    long count() {
        return jdbc.sql("select count(*) from dead_letters").query(Long.class).single();
    }

    /** @return whether it existed */
    boolean remove(UUID id) {
        return jdbc.sql("delete from dead_letters where id = ?").param(id).update() == 1;
    }

    void recordFailure(UUID id, RuntimeException cause) {
        jdbc.sql("update dead_letters set cause = ?, attempts = attempts + 1 where id = ?")
                .param(describe(cause))
                .param(id)
                .update();
    }

    static String describe(RuntimeException cause) {
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return Printable.of(text, MAX_CAUSE_LENGTH);
    }

    private StoredDeadLetter read(ResultSet row) throws SQLException {
        return new StoredDeadLetter(
                row.getObject("id", UUID.class),
                new RawMessage(
                        row.getString("topic"),
                        row.getInt("record_partition"),
                        row.getLong("record_offset"),
                        row.getLong("record_timestamp"),
                        row.getString("message_key"),
                        json.readValue(row.getString("headers"), HEADERS),
                        row.getBytes("body")),
                row.getString("cause"),
                row.getInt("attempts"),
                row.getObject("parked_at", OffsetDateTime.class).toInstant(),
                row.getObject("oldest", UUID.class));
    }
}
