package io.orderly.lab.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.lab.failure.SystemClient.Reply;
import io.orderly.lab.load.PlannedOrder;
import io.orderly.lab.system.IsolatedSystem;
import io.orderly.stack.Topology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Messages that cannot be parsed, and handlers that always fail. */
abstract class PoisonMessageTests {

    private static final String COMMANDS = Topic.SHIPPING_COMMANDS.topicName();
    private static final String REPLIES = Topic.SAGA_REPLIES.topicName();

    /** The first attempt and two retries. */
    private static final int ATTEMPTS = 3;

    private final IsolatedSystem system;
    private final SystemClient client;
    private final KafkaTestClient kafka;

    PoisonMessageTests(IsolatedSystem system, SystemClient client) {
        this.system = system;
        this.client = client;
        this.kafka = new KafkaTestClient(system.bootstrapServers());
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    /** A message that was sent, and the order whose later messages must not overtake it. */
    private record Sent(PoisonMessage poison, OrderId order, String traceId, RecordMetadata at) {}

    @Test
    void aPoisonMessageOfAnyKindBlocksOnlyItsOwnOrder() throws Exception {
        var deadLetters = new DeadLetterClient(client, Topology.SHIPPING);
        List<Sent> sent = sendAheadOfTheCommand(PoisonMessage.OF_SHIPPING_COMMANDS);

        Map<Sent, List<JsonNode>> letters = new LinkedHashMap<>();
        for (Sent each : sent) {
            client.awaitStatus(each.order(), "PARKED");
            letters.put(each, deadLetters.await(each.order().toString(), 2));
        }
        // at least one of these orders has to follow a poison message in its partition
        List<Integer> poisoned =
                sent.stream().map(each -> each.at().partition()).toList();
        OrderId behind;
        do {
            behind = client.place();
            client.awaitStatus(behind, "CONFIRMED");
        } while (!poisoned.contains(kafka.partitionOf(COMMANDS, behind.toString())));

        letters.forEach(this::assertVisible);
        assertThat(deadLetters.letters())
                .as("exactly the expected dead letters")
                .hasSize(2 * sent.size());
        assertThat(kafka.read(Topic.SHIPPING_COMMANDS.deadLetterTopicName()))
                .as("every dead letter is published, in its own trace")
                .extracting(
                        record -> record.key(), record -> KafkaTestClient.header(record, MessageHeaders.TRACE_PARENT))
                .containsAll(sent.stream()
                        .map(each -> tuple(each.order().toString(), traceParent(each.traceId())))
                        .toList());

        for (Sent each : sent) {
            JsonNode poison = letters.get(each).getFirst();
            Reply again = deadLetters.replay(poison);
            assertThat(again.status()).isEqualTo(422);
            assertThat(again.body().path("detail").stringValue())
                    .contains(each.poison().cause());
            assertThat(client.order(each.order()).path("status").stringValue()).isEqualTo("PARKED");
            deadLetters.discard(poison); // a replay cannot succeed
            client.awaitStatus(each.order(), "CONFIRMED");
            assertThat(client.order(each.order()).path("saga").path("phase").stringValue())
                    .isEqualTo("CONFIRMED");
        }
        assertThat(deadLetters.letters()).isEmpty();
        client.audit();
    }

    /** Sends a poison message per order, before the order's own command. */
    private List<Sent> sendAheadOfTheCommand(List<PoisonMessage> poisons) throws Exception {
        List<Sent> sent = new ArrayList<>();
        try (var _ = BlockedReservations.of(system)) {
            for (PoisonMessage poison : poisons) {
                OrderId order = client.place();
                String traceId = UUID.randomUUID().toString().replace("-", "");
                RecordMetadata at = kafka.send(poison.record(COMMANDS, order.toString(), traceId));
                sent.add(new Sent(poison, order, traceId, at));
            }
        }
        return sent;
    }

    private void assertVisible(Sent sent, List<JsonNode> letters) {
        JsonNode poison = letters.getFirst();
        assertThat(poison.path("topic").stringValue()).isEqualTo(COMMANDS);
        assertThat(poison.path("partition").intValue()).isEqualTo(sent.at().partition());
        assertThat(poison.path("offset").longValue()).isEqualTo(sent.at().offset());
        assertThat(poison.path("type").stringValue()).isEqualTo(sent.poison().type());
        assertThat(poison.path("cause").stringValue()).contains(sent.poison().cause());
        assertThat(poison.path("traceId").stringValue()).isEqualTo(sent.traceId());
        assertThat(poison.path("behind").isNull()).isTrue();

        JsonNode command = letters.getLast();
        assertThat(command.path("type").stringValue()).endsWith("ScheduleShipment.v1");
        assertThat(command.path("behind").stringValue()).isEqualTo(DeadLetterClient.id(poison));
        assertThat(command.path("attempts").intValue()).isZero();

        JsonNode parked = client.order(sent.order()).path("saga").path("parked");
        assertThat(parked.path("reason").stringValue()).isEqualTo("DEAD_LETTERED");
        assertThat(entries(sent.order(), "PARKED"))
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry.path("cause").path("detail").stringValue())
                                .contains(COMMANDS));
    }

    @Test
    void aPoisonReplyBlocksOnlyItsOwnOrder() throws Exception {
        var deadLetters = new DeadLetterClient(client, Topology.ORDER);
        var poison =
                new PoisonMessage("broken JSON", "io.orderly.order.saga-replies.StockReserved.v1", "{", "not a io");
        OrderId order;
        try (var _ = BlockedReservations.of(system)) {
            order = client.place();
            kafka.send(poison.record(REPLIES, order.toString(), "4bf92f3577b34da6a3ce929d0e0e4736"));
            client.awaitStatus(order, "PARKED");
        }

        List<JsonNode> letters = deadLetters.await(order.toString(), 2);
        assertThat(letters.getLast().path("type").stringValue()).endsWith("StockReserved.v1");
        assertThat(entries(order, "PARKED"))
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry.path("cause").path("detail").stringValue())
                                .contains(REPLIES)
                                .contains(poison.cause()));
        client.awaitStatus(client.place(), "CONFIRMED");

        deadLetters.discard(letters.getFirst());
        client.awaitStatus(order, "CONFIRMED");
        client.audit();
    }

    @Test
    void aMessageWhoseHandlerFailedIsReplayedInItsOwnTraceAfterTheFix() throws Exception {
        var deadLetters = new DeadLetterClient(client, Topology.SHIPPING);
        PlannedOrder plan = client.planOrder();
        OrderId order;
        try (var _ = BrokenHandler.ofParcel(system, plan.key())) {
            order = client.place(plan);
            client.awaitStatus(order, "PARKED");
            JsonNode letter = deadLetters.await(order.toString(), 1).getFirst();
            assertThat(letter.path("cause").stringValue()).contains(BrokenHandler.ERROR);
            assertThat(letter.path("attempts").intValue()).isEqualTo(ATTEMPTS);
            assertThat(letter.path("traceId").stringValue()).isEqualTo(traceOf(order));
            client.awaitStatus(client.place(), "CONFIRMED");

            assertThat(deadLetters.replay(letter).status()).isEqualTo(422);
            assertThat(deadLetters
                            .await(order.toString(), 1)
                            .getFirst()
                            .path("attempts")
                            .intValue())
                    .isEqualTo(ATTEMPTS + 1);
            // the retried command must not overtake the first
            assertThat(client.post(Topology.ORDER, "/sagas/" + order + "/retry").status())
                    .isEqualTo(202);
            JsonNode repeated = deadLetters.await(order.toString(), 2).getLast();
            assertThat(repeated.path("behind").stringValue()).isEqualTo(DeadLetterClient.id(letter));
            client.awaitStatus(order, "PARKED");
        }
        Reply replayed =
                deadLetters.replay(deadLetters.await(order.toString(), 2).getFirst());
        assertThat(replayed.status()).as("%s", replayed.body()).isEqualTo(200);
        assertThat(replayed.body().path("handled").intValue()).isEqualTo(2);
        client.awaitStatus(order, "CONFIRMED");
        assertThat(entries(order, "REPLY"))
                .filteredOn(entry -> entry.path("message").stringValue("").equals("ShipmentBooked"))
                .as("the trace of the order")
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry.path("traceId").stringValue()).isEqualTo(traceOf(order)));
        assertThat(client.timeline(order))
                .as("every entry belongs to a trace")
                .allSatisfy(entry ->
                        assertThat(entry.has("traceId")).as("%s", entry).isTrue());
        assertThat(kafka.read(Topic.SHIPPING_COMMANDS.deadLetterTopicName()))
                .filteredOn(record -> order.toString().equals(record.key()))
                .first()
                .satisfies(record -> {
                    assertThat(KafkaTestClient.header(record, MessageHeaders.TRACE_PARENT))
                            .contains(traceOf(order));
                    assertThat(KafkaTestClient.header(record, MessageHeaders.DEAD_LETTER_CAUSE))
                            .contains(BrokenHandler.ERROR);
                });
        client.audit();
    }

    @Test
    void aStepWhoseMessageWasDiscardedCanBeRetried() throws Exception {
        var deadLetters = new DeadLetterClient(client, Topology.SHIPPING);
        PlannedOrder plan = client.planOrder();
        OrderId order;
        try (var _ = BrokenHandler.ofParcel(system, plan.key())) {
            order = client.place(plan);
            client.awaitStatus(order, "PARKED");
        }
        deadLetters.discard(deadLetters.await(order.toString(), 1).getFirst());
        assertThat(client.order(order).path("status").stringValue()).isEqualTo("PARKED");
        assertThat(client.post(Topology.ORDER, "/sagas/" + order + "/retry").status())
                .isEqualTo(202);
        client.awaitStatus(order, "CONFIRMED");
        client.audit();
    }

    /** For every consumed topic, with a key that is not an order id, and without a key. */
    @Test
    void aPoisonMessageWithoutAnOrderBecomesADeadLetter() throws Exception {
        Map<Topic, String> consumers = Map.of(
                Topic.INVENTORY_COMMANDS, Topology.INVENTORY,
                Topic.PAYMENT_COMMANDS, Topology.PAYMENT,
                Topic.SHIPPING_COMMANDS, Topology.SHIPPING,
                Topic.SAGA_REPLIES, Topology.ORDER,
                Topic.PRODUCTS, Topology.ORDER);
        for (Map.Entry<Topic, String> each : consumers.entrySet()) {
            Topic topic = each.getKey();
            var deadLetters = new DeadLetterClient(client, each.getValue());
            List<String> offsets = new ArrayList<>();
            int published = kafka.read(topic.deadLetterTopicName()).size();
            for (String key : new String[] {"no order", null}) {
                if (key == null && topic.isCompacted()) {
                    continue; // the broker rejects records without a key on a compacted topic
                }
                for (PoisonMessage poison : PoisonMessage.OF_SHIPPING_COMMANDS) {
                    var at = kafka.send(poison.record(topic.topicName(), key, "4bf92f3577b34da6a3ce929d0e0e4736"));
                    offsets.add(at.partition() + "@" + at.offset());
                }
            }
            List<JsonNode> letters = deadLetters.awaitAll(offsets.size());
            assertThat(letters)
                    .extracting(letter -> letter.path("partition").intValue() + "@"
                            + letter.path("offset").longValue())
                    .containsExactlyInAnyOrderElementsOf(offsets);
            client.audit();
            assertThat(kafka.read(topic.deadLetterTopicName())).hasSize(published + offsets.size());
            for (JsonNode letter : letters) {
                deadLetters.discard(letter);
            }
        }
        client.awaitStatus(client.place(), "CONFIRMED");
        client.audit();
    }

    private List<JsonNode> entries(OrderId order, String kind) {
        return StreamSupport.stream(client.timeline(order).spliterator(), false)
                .filter(entry -> entry.path("kind").stringValue().equals(kind))
                .toList();
    }

    private String traceOf(OrderId order) {
        return entries(order, "PLACED").getFirst().path("traceId").stringValue();
    }

    private static String traceParent(String traceId) {
        return "00-" + traceId + "-00f067aa0ba902b7-01";
    }
}
