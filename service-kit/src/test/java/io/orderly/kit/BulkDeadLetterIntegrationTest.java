package io.orderly.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.Command;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.ReleaseInventory;
import io.orderly.kit.deadletter.DeadLetters;
import io.orderly.kit.messaging.RawMessage;
import io.orderly.kit.testing.KafkaTap;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BulkDeadLetterIntegrationTest extends KitIntegrationTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String COMMANDS = Topic.INVENTORY_COMMANDS.topicName();

    /** Beyond the offsets of all records that are really sent. */
    private static final AtomicLong OFFSETS = new AtomicLong(1_000_000);

    @LocalServerPort
    int port;

    @Autowired
    DeadLetters deadLetters;

    @Test
    void aSequenceIsReplayedInItsOwnOrderWhateverTheOrderOfTheIds() {
        OrderId order = newOrder();
        String first = deadLetter(reserve(order), "one");
        String second = deadLetter(new CommitReservation(order), "two");
        String third = deadLetter(new ReleaseInventory(order), "three");

        JsonNode response = replay(ids(third, first, second));

        assertThat(outcomes(response)).containsExactly(third + " DONE", first + " DONE", second + " DONE");
        assertThat(response.get("handled").asInt()).isEqualTo(3);
        assertThat(response.has("next")).isFalse();
        assertThat(effects.of(order)).containsExactly("RESERVE_INVENTORY", "COMMIT_RESERVATION", "RELEASE_INVENTORY");
        assertThat(letters(order)).isEmpty();
        assertThat(outcomes(replay(ids(first, second)))).containsExactly(first + " NOT_FOUND", second + " NOT_FOUND");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void theLogSaysWhoReplaysAndDiscardsLettersAndWhy(CapturedOutput log) {
        String replayed = deadLetter(reserve(newOrder()), "one");
        String discarded = deadLetter(reserve(newOrder()), "two");

        replay("{\"ids\":[\"%s\"],\"by\":\"ada\",\"reason\":\"fixed \u202e\"}".formatted(replayed));
        post("/dead-letters/discard", "{\"ids\":[\"%s\"],\"reason\":\"too late\"}".formatted(discarded));

        assertThat(log.getAll())
                .contains("Dead letter " + replayed + " was replayed by an operator (ada: fixed \\u202e)")
                .contains("Dead letter " + discarded + " was discarded by an operator (too late)")
                .doesNotContain("\u202e");
    }

    @Test
    void lettersThatOnlyWaitBehindASelectedLetterAreReplayedWithIt() {
        OrderId order = newOrder();
        effects.onCommand(command -> {
            throw new IllegalStateException("out of paper");
        });
        kafka.send(reserve(order));
        kafka.send(new CommitReservation(order));
        kafka.send(new ReleaseInventory(order));
        await().until(() -> letters(order).size() == 3);
        effects.reset();
        List<String> letters = letters(order);

        JsonNode response = replay(ids(letters.get(0), letters.get(1)));

        assertThat(outcomes(response)).containsExactly(letters.get(0) + " DONE", letters.get(1) + " DONE");
        assertThat(response.get("handled").asInt()).isEqualTo(3);
        assertThat(letters(order)).isEmpty();
    }

    @Test
    void theResponseReportsTheOutcomeOfEachLetter() {
        OrderId broken = newOrder();
        OrderId behind = newOrder();
        OrderId healthy = newOrder();
        String failing = deadLetter(reserve(broken), "one");
        String blocked = deadLetter(new CommitReservation(broken), "two");
        String notAsked = deadLetter(reserve(behind), "one");
        String later = deadLetter(new CommitReservation(behind), "two");
        String good = deadLetter(reserve(healthy), "one");
        String unknown = UUID.randomUUID().toString();
        effects.onCommand(command -> {
            if (command.orderId().equals(broken)) {
                throw new IllegalStateException("still out of paper");
            }
        });

        JsonNode response = replay(ids(failing, blocked, later, unknown, good));

        assertThat(outcomes(response))
                .containsExactly(
                        failing + " FAILED_AGAIN",
                        blocked + " NOT_THE_OLDEST",
                        later + " NOT_THE_OLDEST",
                        unknown + " NOT_FOUND",
                        good + " DONE");
        assertThat(response.at("/letters/0/cause").asString()).isEqualTo("still out of paper");
        assertThat(response.at("/letters/1/oldest").asString()).isEqualTo(failing);
        assertThat(response.at("/letters/2/oldest").asString()).isEqualTo(notAsked);
        assertThat(response.at("/letters/4").propertyNames()).containsExactlyInAnyOrder("id", "outcome");
        assertThat(response.get("handled").asInt()).isEqualTo(1);
        assertThat(letters(broken)).containsExactly(failing, blocked);
        assertThat(letters(behind)).containsExactly(notAsked, later);
    }

    @Test
    void aFilterSelectsTheOldestMatchingLettersAndTheResponseHasTheNextPosition() {
        String cause = "cause-" + UUID.randomUUID();
        List<String> matching = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            matching.add(deadLetter(reserve(newOrder()), cause + " number " + i));
        }
        OrderId otherType = newOrder();
        deadLetter(new CommitReservation(otherType), cause);
        OrderId otherCause = newOrder();
        deadLetter(reserve(otherCause), "not " + cause);
        String filter =
                "\"filter\":{\"topic\":\"%s\",\"type\":\"io.orderly.inventory.commands.ReserveInventory.v1\",\"causePrefix\":\"%s\"}"
                        .formatted(COMMANDS, cause);

        List<String> seen = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String after = "";
        do {
            JsonNode response = replay("{%s,\"limit\":2%s}".formatted(filter, after));
            sizes.add(response.get("letters").size());
            response.get("letters").forEach(letter -> seen.add(letter.get("id").asString()));
            after = response.has("next")
                    ? ",\"after\":\"" + response.get("next").asString() + "\""
                    : "";
        } while (!after.isEmpty());

        assertThat(seen).isEqualTo(matching);
        assertThat(sizes).containsExactly(2, 2, 1);
        assertThat(letters(otherType)).hasSize(1);
        assertThat(letters(otherCause)).hasSize(1);
        assertThat(outcomes(discard("{\"filter\":{\"causePrefix\":\"%s\"}}".formatted(cause))))
                .hasSize(1);
        assertThat(letters(otherType)).isEmpty();
        assertThat(effects.of(otherType)).isEmpty();
    }

    @Test
    void theListAcceptsTheSameFilter() {
        String cause = "cause-" + UUID.randomUUID();
        String letter = deadLetter(reserve(newOrder()), cause);
        deadLetter(new CommitReservation(newOrder()), cause);

        JsonNode page = JSON.readTree(get("/dead-letters?type=io.orderly.inventory.commands.ReserveInventory.v1&topic="
                        + COMMANDS + "&causePrefix=" + cause)
                .body);

        assertThat(page.get("deadLetters")).hasSize(1);
        assertThat(page.at("/deadLetters/0/id").asString()).isEqualTo(letter);
    }

    /** If they were discarded one at a time, the first discard would replay the letters that wait behind it. */
    @Test
    void discardedLettersTakeNoEffectAndThoseThatOnlyWaitedDo() {
        OrderId order = newOrder();
        effects.onCommand(command -> {
            throw new IllegalStateException("out of paper");
        });
        kafka.send(reserve(order));
        kafka.send(new CommitReservation(order));
        kafka.send(new ReleaseInventory(order));
        await().until(() -> letters(order).size() == 3);
        effects.reset();
        List<String> letters = letters(order);
        String unknown = UUID.randomUUID().toString();

        JsonNode response = discard(ids(letters.get(0), unknown, letters.get(1)));

        assertThat(outcomes(response))
                .containsExactly(letters.get(0) + " DONE", unknown + " NOT_FOUND", letters.get(1) + " DONE");
        assertThat(response.get("handled").asInt()).isEqualTo(1);
        assertThat(effects.of(order)).containsExactly("RELEASE_INVENTORY");
        assertThat(letters(order)).isEmpty();
    }

    @Test
    void lettersWithoutAKeyCanBeDiscarded() {
        String mark = "mark-" + UUID.randomUUID();
        for (int i = 0; i < 2; i++) {
            kafka.send(COMMANDS, null, Map.of("ce_type", mark), new byte[0]);
        }
        await().until(() -> JSON.readTree(get("/dead-letters?type=" + mark).body)
                        .get("deadLetters")
                        .size()
                == 2);

        assertThat(outcomes(discard("{\"filter\":{\"type\":\"" + mark + "\"}}")))
                .hasSize(2)
                .allMatch(outcome -> outcome.endsWith(" DONE"));
    }

    /** An Error ends the call at the same point as a kill: between two transactions or during one. */
    @Test
    void anInterruptedCallLeavesEachLetterHandledOrUnchanged() {
        List<OrderId> orders =
                Stream.generate(KitIntegrationTest::newOrder).limit(4).toList();
        List<String> letters =
                orders.stream().map(order -> deadLetter(reserve(order), "one")).toList();
        var handled = new AtomicInteger();
        effects.onCommand(command -> {
            if (handled.incrementAndGet() == 3) {
                throw new OutOfMemoryError("killed");
            }
        });

        assertThat(post("/dead-letters/replay", ids(letters)).status).isEqualTo(500);

        effects.reset();
        assertThat(orders.stream().map(order -> effects.of(order).size())).containsExactly(1, 1, 0, 0);
        assertThat(orders.stream().map(order -> letters(order).size())).containsExactly(0, 0, 1, 1);
        assertThat(outcomes(replay(ids(letters))))
                .containsExactly(
                        letters.get(0) + " NOT_FOUND",
                        letters.get(1) + " NOT_FOUND",
                        letters.get(2) + " DONE",
                        letters.get(3) + " DONE");
        assertThat(orders).allMatch(order -> effects.of(order).equals(List.of("RESERVE_INVENTORY")));
    }

    @Test
    void aTransientFailureEndsTheCallAndIsNotRecordedAsACause() {
        OrderId first = newOrder();
        OrderId second = newOrder();
        OrderId third = newOrder();
        List<String> letters = List.of(
                deadLetter(reserve(first), "one"),
                deadLetter(reserve(second), "one"),
                deadLetter(reserve(third), "one"));
        effects.onCommand(command -> {
            if (command.orderId().equals(second)) {
                throw new CannotAcquireLockException("another transaction has it");
            }
        });

        JsonNode response = replay(ids(letters));

        assertThat(outcomes(response))
                .containsExactly(
                        letters.get(0) + " DONE", letters.get(1) + " NOT_TRIED", letters.get(2) + " NOT_TRIED");
        assertThat(attempts(second)).isEqualTo(1);
        effects.reset();
        assertThat(outcomes(replay(ids(letters))))
                .containsExactly(letters.get(0) + " NOT_FOUND", letters.get(1) + " DONE", letters.get(2) + " DONE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                         | ids",
                "{\"ids\":[]}                                               | ids",
                "{\"ids\":[null]}                                           | ids[0]",
                "{\"ids\":[\"x\"]}                                          | ids[0]",
                "{\"ids\":null}                                             | ids",
                "{\"ids\":[\"0199f2c8-7c00-7000-8000-00000000dead\"],\"limit\":1} | ids",
                "{\"filter\":{}}                                            | filter",
                "{\"filter\":{\"topic\":\"\"}}                              | filter.topic",
                "{\"filter\":{\"cause\":\"x\"}}                             | filter.cause",
                "{\"filter\":{\"topic\":\"x\"},\"limit\":0}                 | limit",
                "{\"filter\":{\"topic\":\"x\"},\"limit\":101}               | limit",
                "{\"filter\":{\"topic\":\"x\"},\"after\":\"x\"}             | after",
                "{\"filter\":{\"topic\":\"x\"},\"by\":\" \"}                | by",
                "{\"filter\":{\"topic\":\"x\"},\"reason\":\"a\\nb\"}        | reason",
                "{\"filter\":{\"topic\":\"x\"},\"reason\":7}              | reason"
            })
    void anInvalidSelectionIsRefusedWithTheNameOfTheField(String body, String field) {
        for (String what : List.of("replay", "discard")) {
            Response response = post("/dead-letters/" + what, body);

            assertThat(response.status).as(response.body).isEqualTo(400);
            assertThat(JSON.readTree(response.body).at("/errors/0/field").asString())
                    .isEqualTo(field);
        }
    }

    @Test
    void moreIdsThanTheMaximumAreRefused() {
        List<String> ids =
                Stream.generate(() -> UUID.randomUUID().toString()).limit(101).toList();

        Response response = post("/dead-letters/replay", ids(ids));

        assertThat(response.status).isEqualTo(400);
        assertThat(response.body).contains("must have 1 to 100 ids");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=201, limit",
        "limit=x, limit",
        "limit=, limit",
        "after=, after",
        "after=x, after",
        "topic=, topic",
        "type=%00, type",
        "causePrefix=a%00b, causePrefix"
    })
    void anInvalidQueryIsRefusedWithTheNameOfTheParameter(String query, String parameter) {
        Response response = get("/dead-letters?" + query);

        assertThat(response.status).as(response.body).isEqualTo(400);
        assertThat(JSON.readTree(response.body).at("/errors/0/field").asString())
                .isEqualTo(parameter);
    }

    private record Response(int status, String body) {}

    /** @return the letter's id */
    private String deadLetter(Command command, String cause) {
        var sent = new ConsumerRecord<>(
                COMMANDS, 7, OFFSETS.incrementAndGet(), command.orderId().toString(), MessageCodec.encode(command));
        KafkaTap.headers(command).forEach((name, value) -> sent.headers().add(name, value.getBytes(UTF_8)));
        RawMessage raw = RawMessage.of(sent);
        List<String> id = new ArrayList<>();
        transactions()
                .executeWithoutResult(status -> deadLetters.deadLetter(
                        raw,
                        new IllegalStateException(cause),
                        1,
                        letter -> id.add(letter.id().toString())));
        return id.getFirst();
    }

    private List<String> letters(OrderId order) {
        return jdbc.sql("select id::text from dead_letters where message_key = ? order by id")
                .param(order.toString())
                .query(String.class)
                .list();
    }

    private int attempts(OrderId order) {
        return jdbc.sql("select attempts from dead_letters where message_key = ?")
                .param(order.toString())
                .query(Integer.class)
                .single();
    }

    private static String ids(String... ids) {
        return ids(List.of(ids));
    }

    private static String ids(List<String> ids) {
        return "{\"ids\":[\"" + String.join("\",\"", ids) + "\"]}";
    }

    private JsonNode replay(String selection) {
        return done(post("/dead-letters/replay", selection));
    }

    private JsonNode discard(String selection) {
        return done(post("/dead-letters/discard", selection));
    }

    private static JsonNode done(Response response) {
        assertThat(response.status).as(response.body).isEqualTo(200);
        return JSON.readTree(response.body);
    }

    private static List<String> outcomes(JsonNode response) {
        return response.get("letters")
                .valueStream()
                .map(letter -> letter.get("id").asString() + " "
                        + letter.get("outcome").asString())
                .toList();
    }

    private Response post(String path, String body) {
        return RestClient.create("http://localhost:" + port)
                .post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange((_, raw) -> new Response(
                        raw.getStatusCode().value(), new String(raw.getBody().readAllBytes(), UTF_8)));
    }

    private Response get(String path) {
        return RestClient.create()
                .get()
                .uri(URI.create("http://localhost:" + port + path))
                .exchange((_, raw) -> new Response(
                        raw.getStatusCode().value(), new String(raw.getBody().readAllBytes(), UTF_8)));
    }
}
