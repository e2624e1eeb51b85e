package io.orderly.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.InventoryCommand;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.contracts.reply.CommandDeadLettered;
import io.orderly.contracts.reply.StockCommitted;
import io.orderly.contracts.reply.StockReserved;
import io.orderly.kit.deadletter.DeadLetters;
import io.orderly.kit.messaging.RawMessage;
import io.orderly.kit.testing.KafkaTap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.MapPropertySource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.web.client.RestClient;

@ExtendWith(OutputCaptureExtension.class)
class DeadLetterIntegrationTest extends KitIntegrationTest {

    private static final String COMMANDS = Topic.INVENTORY_COMMANDS.topicName();

    @LocalServerPort
    int port;

    @Autowired
    DeadLetters deadLetters;

    @Autowired
    @Qualifier("messageConsumers") SmartLifecycle consumers;

    @Test
    void aMessageThatAlwaysFailsBlocksNoOtherOrderAndIsNotOvertaken() {
        OrderId poisoned = newOrder();
        OrderId healthy = newOrder();
        var attempts = new AtomicInteger();
        effects.onCommand(command -> {
            if (command.orderId().equals(poisoned) && command instanceof ReserveInventory) {
                attempts.incrementAndGet();
                throw new IllegalStateException("out of paper");
            }
        });

        Map<String, String> sent = kafka.send(reserve(poisoned));
        Map<String, String> sentBehind = kafka.send(new CommitReservation(poisoned));
        kafka.send(reserve(healthy));

        await().until(() -> replies(healthy).size() == 1);
        await().until(() -> letters(poisoned).size() == 2);
        assertThat(effects.of(poisoned)).isEmpty();
        assertThat(attempts.get()).isGreaterThanOrEqualTo(3);
        Letter first = letters(poisoned).getFirst();
        Letter second = letters(poisoned).getLast();
        assertThat(first.cause).isEqualTo("out of paper");
        assertThat(second.cause).isNull();

        // the saga is notified of both, and copies are on the dead-letter topic
        await().until(() -> replies(poisoned).size() == 2);
        assertThat((Object) replies(poisoned).getFirst())
                .isEqualTo(new CommandDeadLettered(poisoned, first.id, COMMANDS, "out of paper"));
        assertThat(kafka.seen(Topic.SAGA_REPLIES.topicName(), poisoned.toString()))
                .extracting(reply -> traceIdOf(reply.headers()))
                .containsExactly(traceIdOf(sent), traceIdOf(sentBehind));
        await().until(() -> kafka.seen(Topic.INVENTORY_COMMANDS.deadLetterTopicName(), poisoned.toString())
                        .size()
                == 2);
        RawMessage copy = kafka.seen(Topic.INVENTORY_COMMANDS.deadLetterTopicName(), poisoned.toString())
                .getFirst();
        assertThat(copy.headers())
                .containsEntry(MessageHeaders.ID, sent.get(MessageHeaders.ID))
                .containsEntry(MessageHeaders.TRACE_PARENT, sent.get(MessageHeaders.TRACE_PARENT))
                .containsEntry(MessageHeaders.DEAD_LETTER_CAUSE, "out of paper");

        // the second letter waits behind the first
        assertThat(post("/dead-letters/" + second.id + "/replay").status).isEqualTo(409);
        // the handler still fails
        assertThat(post("/dead-letters/" + first.id + "/replay").status).isEqualTo(422);
        effects.reset();
        assertThat(post("/dead-letters/" + first.id + "/replay"))
                .satisfies(response -> assertThat(response.status).isEqualTo(200))
                .satisfies(response -> assertThat(response.body).contains("\"handled\":2"));

        assertThat(effects.of(poisoned)).containsExactly("RESERVE_INVENTORY", "COMMIT_RESERVATION");
        await().until(() -> replies(poisoned).size() == 4);
        assertThat(replies(poisoned).subList(2, 4).toString())
                .isEqualTo(List.of(new StockReserved(poisoned), new StockCommitted(poisoned))
                        .toString());
        RawMessage reply =
                kafka.seen(Topic.SAGA_REPLIES.topicName(), poisoned.toString()).get(2);
        assertThat(traceIdOf(reply.headers())).isEqualTo(traceIdOf(sent));
        assertThat(letters(poisoned)).isEmpty();
        assertThat(post("/dead-letters/" + first.id + "/replay").status).isEqualTo(404);

        // the sequence is no longer blocked
        kafka.send(new CommitReservation(poisoned));
        await().until(() -> replies(poisoned).size() == 5);
    }

    @Test
    void aTransientFailureDuringAReplayIsNotRecordedAsACause() {
        OrderId order = newOrder();
        effects.onCommand(command -> {
            throw new IllegalStateException("out of paper");
        });
        kafka.send(reserve(order));
        kafka.send(new CommitReservation(order));
        await().until(() -> letters(order).size() == 2);
        Letter first = letters(order).getFirst();

        effects.onCommand(command -> {
            throw new CannotAcquireLockException("another transaction has it");
        });
        assertThat(post("/dead-letters/" + first.id + "/replay").status).isEqualTo(503);
        assertThat(letters(order).getFirst()).isEqualTo(first);

        var failures = new AtomicInteger();
        effects.onCommand(command -> {
            if (command instanceof CommitReservation && failures.getAndIncrement() == 0) {
                throw new CannotAcquireLockException("another transaction has it");
            }
        });
        assertThat(post("/dead-letters/" + first.id + "/replay").body).contains("\"handled\":2");
        assertThat(effects.of(order)).containsExactly("RESERVE_INVENTORY", "COMMIT_RESERVATION");
        assertThat(letters(order)).isEmpty();
        effects.reset();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "broken JSON",
                "a value that breaks the contract",
                "an unknown type",
                "a later version of a type",
                "no headers",
                "a malformed id",
                "a malformed time",
                "a time out of range",
                "a negative Lamport time",
                "another order's key",
                "a message of another topic",
                "an empty body"
            })
    void anUnreadableMessageBecomesADeadLetterWithoutRetries(String poison) {
        OrderId order = newOrder();
        var reserve = reserve(order);
        Map<String, String> headers = new HashMap<>(KafkaTap.headers(reserve));
        byte[] body = MessageCodec.encode(reserve);
        switch (poison) {
            case "broken JSON" -> body = "{\"orderId\":".getBytes(UTF_8);
            case "a value that breaks the contract" ->
                body = new String(body, UTF_8)
                        .replace("\"quantity\":1", "\"quantity\":-1")
                        .getBytes(UTF_8);
            case "an unknown type" -> headers.put(MessageHeaders.TYPE, "com.example.Surprise.v1");
            case "a later version of a type" ->
                headers.put(
                        MessageHeaders.TYPE, headers.get(MessageHeaders.TYPE).replace(".v1", ".v7"));
            case "no headers" -> headers.clear();
            case "a malformed id" -> headers.put(MessageHeaders.ID, "17");
            case "a malformed time" -> headers.put(MessageHeaders.HYBRID_TIME, "yesterday");
            case "a time out of range" -> headers.put(MessageHeaders.TIME, "+1000000-01-01T00:00:00Z");
            case "a negative Lamport time" -> headers.put(MessageHeaders.LAMPORT_TIME, "-1");
            case "another order's key" -> body = MessageCodec.encode(reserve(newOrder()));
            case "a message of another topic" -> {
                var reply = new StockReserved(order);
                headers = new HashMap<>(KafkaTap.headers(reply));
                body = MessageCodec.encode(reply);
            }
            case "an empty body" -> body = new byte[0];
            default -> throw new IllegalArgumentException(poison);
        }

        kafka.send(COMMANDS, order.toString(), headers, body);

        await().until(() -> letters(order).size() == 1);
        await().until(() -> replies(order).size() == 1);
        assertThat((Object) replies(order).getFirst()).isInstanceOf(CommandDeadLettered.class);
        assertThat(effects.of(order)).isEmpty();

        Letter letter = letters(order).getFirst();
        assertThat(get("/dead-letters/" + letter.id)).contains(letter.id).contains("\"cause\"");
        kafka.send(reserve);
        await().until(() -> letters(order).size() == 2);
        assertThat(post("/dead-letters/" + letter.id + "/discard").status).isEqualTo(200);
        await().until(() -> effects.of(order).equals(List.of("RESERVE_INVENTORY")));
        assertThat(letters(order)).isEmpty();
    }

    /** Causation and trace are diagnostic data only. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "traceparent=00-\0bc-1",
                "traceparent=",
                "traceparent=00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "traceparent=long",
                "ce_causationid=?",
                "ce_causationid=long",
                "tracestate=\0",
                "ce_subject=long",
                "ce_unknown=long"
            })
    void anInvalidOptionalHeaderIsIgnored(String invalid) {
        OrderId order = newOrder();
        String name = invalid.split("=", 2)[0];
        String value = invalid.split("=", 2)[1];
        Map<String, String> headers = new HashMap<>(KafkaTap.headers(reserve(order)));
        headers.put(name, value.equals("long") ? "00-" + "0af7651916cd43dd".repeat(4_000) : value);

        kafka.send(reserve(order), headers);

        await().until(() -> replies(order).size() == 1);
        assertThat((Object) replies(order).getFirst()).isEqualTo(new StockReserved(order));
        assertThat(effects.of(order)).containsExactly("RESERVE_INVENTORY");
        assertThat(letters(order)).isEmpty();
        RawMessage reply =
                kafka.seen(Topic.SAGA_REPLIES.topicName(), order.toString()).getFirst();
        assertThat(reply.traceParent()).isNotNull();
        if (!name.equals(MessageHeaders.TRACE_PARENT)) {
            assertThat(traceIdOf(reply.headers())).isEqualTo(traceIdOf(headers));
        }
        assertThat(jdbc.sql("select coalesce(trace_parent, '') from step_records where order_id = ?")
                        .param(order.value())
                        .query(String.class)
                        .list())
                .allSatisfy(
                        stored -> assertThat(stored).isIn("", headers.getOrDefault(MessageHeaders.TRACE_PARENT, "")))
                .allSatisfy(stored -> assertThat(stored.length()).isLessThanOrEqualTo(55));
    }

    @Test
    void aDeadLetterWithAnInvalidTraceHasNoTrace() {
        OrderId order = newOrder();
        Map<String, String> headers = new HashMap<>(KafkaTap.headers(reserve(order)));
        headers.put(MessageHeaders.TRACE_PARENT, "00-" + "\u202e".repeat(60));

        kafka.send(COMMANDS, order.toString(), headers, "?".getBytes(UTF_8));

        await().until(() -> letters(order).size() == 1);
        assertThat(get("/dead-letters/" + letters(order).getFirst().id)).contains("\"traceId\":null");
    }

    @Test
    void untrustedTextIsShownOnOneLineAndTruncated(CapturedOutput log) {
        String mark = newOrder().toString();
        String key = mark + "\u001b[31m\r\nERROR forged\u202e" + "k".repeat(5_000);
        Map<String, String> headers = new HashMap<>(KafkaTap.headers(reserve(newOrder())));
        headers.put(MessageHeaders.TYPE, mark + "\nERROR forged" + "t".repeat(40_000));
        kafka.send(COMMANDS, key, headers, "{}".getBytes(UTF_8));
        headers.put(MessageHeaders.TYPE, KafkaTap.headers(reserve(newOrder())).get(MessageHeaders.TYPE));
        headers.put(MessageHeaders.TIME, mark + "\nERROR forged" + "u".repeat(40_000));
        kafka.send(COMMANDS, mark + "\n", headers, "{}".getBytes(UTF_8));

        await().until(() -> jdbc.sql("select count(*) from dead_letters where message_key like ?")
                        .param(mark + "%")
                        .query(Integer.class)
                        .single()
                == 2);
        String id = jdbc.sql("select id::text from dead_letters where message_key like ? order by arrival limit 1")
                .param(mark + "%")
                .query(String.class)
                .single();
        String list = get("/dead-letters?limit=200");
        assertThat(list).contains(mark + "\\\\u001b[31m\\\\u000d\\\\u000aERROR forged\\\\u202e");
        assertThat(list).contains("unknown message type " + mark + "\\\\u000aERROR forged");
        assertThat(list).doesNotContain("k".repeat(200), "t".repeat(200), "u".repeat(1_500));
        assertThat(post("/dead-letters/" + id + "/discard").status).isEqualTo(200);

        assertThat(log.getAll()).contains("Dead letter " + id + " was discarded");
        assertThat(log.getAll())
                .contains("malformed header: ")
                .doesNotContain("\nERROR forged", "\u202e", "\u001b[31m");
        assertThat(log.getAll()).doesNotContain("k".repeat(1_000), "t".repeat(1_000), "u".repeat(1_001));
    }

    @Test
    void aMessageWhoseKeyIsNotAnOrderIdBecomesADeadLetter() {
        kafka.send(COMMANDS, "not an order", Map.of(), "?".getBytes(UTF_8));

        await().until(() -> jdbc.sql("select count(*) from dead_letters where message_key = 'not an order'")
                        .query(Integer.class)
                        .single()
                == 1);
    }

    /** Other producers may write records that the outbox would reject. */
    @ParameterizedTest
    @ValueSource(strings = {"body", "header", "NUL in the key", "key"})
    void anOversizedRecordBecomesADeadLetterAndDoesNotBlockOthers(String what) {
        String mark = newOrder().toString();
        String key = switch (what) {
            case "NUL in the key" -> mark + "\u0000";
            case "key" -> mark + incompressible(20_000);
            default -> mark;
        };
        Map<String, String> headers = Map.of("mark", mark, "padding", "x".repeat(what.equals("header") ? 60_000 : 1));
        byte[] body = "y".repeat(what.equals("body") ? 200_000 : 1).getBytes(UTF_8);

        kafka.send(COMMANDS, key, headers, body);

        await().until(() -> jdbc.sql("select count(*) from dead_letters where headers like ?")
                        .param("%" + mark + "%")
                        .query(Integer.class)
                        .single()
                == 1);
        OrderId next = newOrder();
        kafka.send(reserve(next));
        await().until(() -> replies(next).size() == 1);
        await().until(() ->
                jdbc.sql("select count(*) from outbox").query(Integer.class).single() == 0);
    }

    /** PostgreSQL compresses text before it checks whether it is too large for an index. */
    private static String incompressible(int length) {
        return new Random(17)
                .ints(length, '!', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** A bug in a handler may make every message a dead letter; the cost of each must not depend on their number. */
    @Test
    void addingADeadLetterCostsTheSameWhateverTheirNumber() {
        var raw = new RawMessage(COMMANDS, 99, 1, 0, newOrder().toString(), Map.of(), new byte[0]);
        transactions().executeWithoutResult(status -> {
            jdbc.sql("""
                    insert into dead_letters (id, topic, record_partition, record_offset, message_key, headers, body,
                                              attempts, parked_at)
                    select gen_random_uuid(), ?, 98, n, gen_random_uuid()::text, '{}', '', 0, now()
                      from generate_series(1, 5000) as n""").param(COMMANDS).update();
            long before = lettersRead();

            deadLetters.deadLetter(raw, new IllegalStateException("out of paper"), 1, letter -> {});

            assertThat(lettersRead() - before).isLessThan(100);
            status.setRollbackOnly();
        });
    }

    /** Rows of the table read by this transaction. */
    private long lettersRead() {
        return jdbc.sql("""
                        select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables
                         where relname = 'dead_letters'""").query(Long.class).single();
    }

    @Test
    void aCopyOfADiscardedMessageTakesNoEffect() {
        OrderId order = newOrder();
        effects.onCommand(command -> {
            if (command.orderId().equals(order) && command instanceof ReserveInventory) {
                throw new IllegalStateException("out of paper");
            }
        });
        Map<String, String> headers = kafka.send(reserve(order));
        kafka.send(reserve(order), headers);
        kafka.send(new CommitReservation(order));
        await().until(() -> letters(order).size() == 3);
        effects.reset();

        assertThat(post("/dead-letters/" + letters(order).getFirst().id + "/discard").status)
                .isEqualTo(200);

        assertThat(effects.of(order)).containsExactly("COMMIT_RESERVATION");
        assertThat(letters(order)).isEmpty();
    }

    @Test
    void aTransientFailureIsRetriedUntilItSucceeds() {
        OrderId order = newOrder();
        var failures = new AtomicInteger(4); // more than the attempts after which another failure ends in a dead letter
        effects.onCommand((InventoryCommand command) -> {
            if (command.orderId().equals(order) && failures.getAndDecrement() > 0) {
                throw new CannotAcquireLockException("try again");
            }
        });

        kafka.send(reserve(order));

        await().until(() -> replies(order).size() == 1);
        assertThat(effects.of(order)).containsExactly("RESERVE_INVENTORY");
        assertThat(letters(order)).isEmpty();
    }

    @Test
    void anInstanceThatTakesOverDuringADatabaseOutageKeepsTheOrderBehindADeadLetter() {
        OrderId poisoned = newOrder();
        effects.onCommand(command -> {
            throw new IllegalStateException("out of paper");
        });
        kafka.send(reserve(poisoned));
        await().until(() -> letters(poisoned).size() == 1);
        effects.reset();
        consumers.stop();
        kafka.send(new CommitReservation(poisoned));

        Map<String, Object> properties = new HashMap<>(BACKENDS);
        properties.put("server.port", 0);
        // a locked table simulates a database outage
        properties.put(
                "spring.datasource.url", BACKENDS.get("spring.datasource.url") + "?options=-c%20lock_timeout=200ms");
        ConfigurableApplicationContext successor = transactions().execute(status -> {
            jdbc.sql("lock table dead_letters").update();
            ConfigurableApplicationContext started = new SpringApplicationBuilder(TestServiceApplication.class)
                    .initializers(context -> context.getEnvironment()
                            .getPropertySources()
                            .addFirst(new MapPropertySource("successor", properties)))
                    .run();
            await().until(() -> jdbc.sql("select count(*) from pg_locks where not granted")
                            .query(Integer.class)
                            .single()
                    > 0);
            await().until(() -> jdbc.sql("select count(*) from pg_locks where not granted")
                            .query(Integer.class)
                            .single()
                    == 0);
            return started;
        });
        try (successor) {
            await().until(() -> letters(poisoned).size() == 2);
            assertThat(effects.of(poisoned)).isEmpty();
        } finally {
            consumers.start();
        }
    }

    @Test
    void anUnknownDeadLetterIsNotFound() {
        assertThat(post("/dead-letters/" + newOrder() + "/replay").status).isEqualTo(404);
        assertThat(post("/dead-letters/" + newOrder() + "/discard").status).isEqualTo(404);
    }

    private record Letter(String id, String cause) {}

    private record Response(int status, String body) {}

    private List<Letter> letters(OrderId order) {
        return jdbc.sql("select id::text, cause from dead_letters where message_key = ? order by record_offset")
                .param(order.toString())
                .query((row, number) -> new Letter(row.getString(1), row.getString(2)))
                .list();
    }

    private Response post(String path) {
        return RestClient.create("http://localhost:" + port)
                .post()
                .uri(path)
                .exchange((_, raw) -> new Response(
                        raw.getStatusCode().value(), new String(raw.getBody().readAllBytes(), UTF_8)));
    }

    private String get(String path) {
        return RestClient.create("http://localhost:" + port)
                .get()
                .uri(path)
                .retrieve()
                .body(String.class);
    }

    private static String traceIdOf(Map<String, String> headers) {
        return headers.getOrDefault(MessageHeaders.TRACE_PARENT, "").split("-", 3)[1];
    }
}
