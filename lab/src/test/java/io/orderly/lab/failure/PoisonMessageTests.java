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

/** Somebody sends what nobody can read, or a handler fails each time. */
abstract class PoisonMessageTests {

    private static final String COMMANDS = Topic.SHIPPING_COMMANDS.topicName();
    private static final String REPLIES = Topic.SAGA_REPLIES.topicName();

    /** A try and two more. */
    private static final int ATTEMPTS = 3;

    private final IsolatedSystem system;
    private final SystemClient shop;
    private final KafkaTestClient kafka;

    PoisonMessageTests(IsolatedSystem system, SystemClient shop) {
        this.system = system;
        this.shop = shop;
        this.kafka = new KafkaTestClient(system.bootstrapServers());
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    /** A message that was produced, and the order whose later messages must not overtake it. */
    private record Sent(PoisonMessage poison, OrderId order, String traceId, RecordMetadata at) {}

    @Test
    void ofWhateverKindStopsItsOwnOrderOnly() throws Exception {
        var desk = new DeadLetterClient(shop, Topology.SHIPPING);
        List<Sent> sent = sendAheadOfTheCommand(PoisonMessage.OF_SHIPPING_COMMANDS);

        Map<Sent, List<JsonNode>> letters = new LinkedHashMap<>();
        for (Sent each : sent) {
            shop.awaitStatus(each.order(), "PARKED");
            letters.put(each, desk.await(each.order().toString(), 2));
        }
        // one of them at least has to come after a poison in its partition
        List<Integer> poisoned =
                sent.stream().map(each -> each.at().partition()).toList();
        OrderId behind;
        do {
            behind = shop.place();
            shop.awaitStatus(behind, "CONFIRMED");
        } while (!poisoned.contains(kafka.partitionOf(COMMANDS, behind.toString())));

        letters.forEach(this::assertVisible);
        assertThat(desk.letters()).as("nothing more, and nothing less").hasSize(2 * sent.size());
        assertThat(kafka.read(Topic.SHIPPING_COMMANDS.deadLetterTopicName()))
                .as("every one of them is for everyone to see, in its own trace")
                .extracting(
                        record -> record.key(), record -> KafkaTestClient.header(record, MessageHeaders.TRACE_PARENT))
                .containsAll(sent.stream()
                        .map(each -> tuple(each.order().toString(), traceParent(each.traceId())))
                        .toList());

        for (Sent each : sent) {
            JsonNode poison = letters.get(each).getFirst();
            Reply again = desk.replay(poison);
            assertThat(again.status()).isEqualTo(422);
            assertThat(again.body().path("detail").stringValue())
                    .contains(each.poison().cause());
            assertThat(shop.order(each.order()).path("status").stringValue()).isEqualTo("PARKED");
            desk.discard(poison); // nothing else helps
            shop.awaitStatus(each.order(), "CONFIRMED");
            assertThat(shop.order(each.order()).path("saga").path("phase").stringValue())
                    .isEqualTo("CONFIRMED");
        }
        assertThat(desk.letters()).isEmpty();
        shop.audit();
    }

    /** Sends a poison per order, while each order's own command is sure to come after it. */
    private List<Sent> sendAheadOfTheCommand(List<PoisonMessage> poisons) throws Exception {
        List<Sent> sent = new ArrayList<>();
        try (var _ = BlockedReservations.of(system)) {
            for (PoisonMessage poison : poisons) {
                OrderId order = shop.place();
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

        JsonNode parked = shop.order(sent.order()).path("saga").path("parked");
        assertThat(parked.path("reason").stringValue()).isEqualTo("DEAD_LETTERED");
        assertThat(entries(sent.order(), "PARKED"))
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry.path("cause").path("detail").stringValue())
                                .contains(COMMANDS));
    }

    @Test
    void thatIsAReplyStopsItsOwnOrderOnly() throws Exception {
        var desk = new DeadLetterClient(shop, Topology.ORDER);
        var poison =
                new PoisonMessage("broken JSON", "io.orderly.order.saga-replies.StockReserved.v1", "{", "not a io");
        OrderId order;
        try (var _ = BlockedReservations.of(system)) {
            order = shop.place();
            kafka.send(poison.record(REPLIES, order.toString(), "4bf92f3577b34da6a3ce929d0e0e4736"));
            shop.awaitStatus(order, "PARKED");
        }

        List<JsonNode> letters = desk.await(order.toString(), 2);
        assertThat(letters.getLast().path("type").stringValue()).endsWith("StockReserved.v1");
        assertThat(entries(order, "PARKED"))
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry.path("cause").path("detail").stringValue())
                                .contains(REPLIES)
                                .contains(poison.cause()));
        shop.awaitStatus(shop.place(), "CONFIRMED");

        desk.discard(letters.getFirst());
        shop.awaitStatus(order, "CONFIRMED");
        shop.audit();
    }

    @Test
    void aMessageWhoseHandlerFailsTakesEffectInItsOwnTraceOnceThatIsMended() throws Exception {
        var desk = new DeadLetterClient(shop, Topology.SHIPPING);
        PlannedOrder plan = shop.planOrder();
        OrderId order;
        try (var _ = BrokenHandler.ofParcel(system, plan.key())) {
            order = shop.place(plan);
            shop.awaitStatus(order, "PARKED");
            JsonNode letter = desk.await(order.toString(), 1).getFirst();
            assertThat(letter.path("cause").stringValue()).contains(BrokenHandler.COMPLAINT);
            assertThat(letter.path("attempts").intValue()).isEqualTo(ATTEMPTS);
            assertThat(letter.path("traceId").stringValue()).isEqualTo(traceOf(order));
            shop.awaitStatus(shop.place(), "CONFIRMED");

            assertThat(desk.replay(letter).status()).isEqualTo(422);
            assertThat(desk.await(order.toString(), 1)
                            .getFirst()
                            .path("attempts")
                            .intValue())
                    .isEqualTo(ATTEMPTS + 1);
            // asked for again it must not overtake the first
            assertThat(shop.post(Topology.ORDER, "/sagas/" + order + "/retry").status())
                    .isEqualTo(202);
            JsonNode repeated = desk.await(order.toString(), 2).getLast();
            assertThat(repeated.path("behind").stringValue()).isEqualTo(DeadLetterClient.id(letter));
            shop.awaitStatus(order, "PARKED");
        }
        Reply replayed = desk.replay(desk.await(order.toString(), 2).getFirst());
        assertThat(replayed.status()).as("%s", replayed.body()).isEqualTo(200);
        assertThat(replayed.body().path("handled").intValue()).isEqualTo(2);
        shop.awaitStatus(order, "CONFIRMED");
        assertThat(entries(order, "REPLY"))
                .filteredOn(entry -> entry.path("message").stringValue("").equals("ShipmentBooked"))
                .as("its trace, before and after")
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry.path("traceId").stringValue()).isEqualTo(traceOf(order)));
        assertThat(shop.timeline(order))
                .as("nothing happens outside of a trace")
                .allSatisfy(entry ->
                        assertThat(entry.has("traceId")).as("%s", entry).isTrue());
        assertThat(kafka.read(Topic.SHIPPING_COMMANDS.deadLetterTopicName()))
                .filteredOn(record -> order.toString().equals(record.key()))
                .first()
                .satisfies(record -> {
                    assertThat(KafkaTestClient.header(record, MessageHeaders.TRACE_PARENT))
                            .contains(traceOf(order));
                    assertThat(KafkaTestClient.header(record, MessageHeaders.DEAD_LETTER_CAUSE))
                            .contains(BrokenHandler.COMPLAINT);
                });
        shop.audit();
    }

    @Test
    void aStepWhoseMessageWasGivenUpCanBeAskedForAgain() throws Exception {
        var desk = new DeadLetterClient(shop, Topology.SHIPPING);
        PlannedOrder plan = shop.planOrder();
        OrderId order;
        try (var _ = BrokenHandler.ofParcel(system, plan.key())) {
            order = shop.place(plan);
            shop.awaitStatus(order, "PARKED");
        }
        desk.discard(desk.await(order.toString(), 1).getFirst());
        assertThat(shop.order(order).path("status").stringValue()).isEqualTo("PARKED");
        assertThat(shop.post(Topology.ORDER, "/sagas/" + order + "/retry").status())
                .isEqualTo(202);
        shop.awaitStatus(order, "CONFIRMED");
        shop.audit();
    }

    /** Every topic that a service consumes; a key of no order, and no key at all. */
    @Test
    void thatBelongsToNobodyIsKeptNevertheless() throws Exception {
        Map<Topic, String> consumers = Map.of(
                Topic.INVENTORY_COMMANDS, Topology.INVENTORY,
                Topic.PAYMENT_COMMANDS, Topology.PAYMENT,
                Topic.SHIPPING_COMMANDS, Topology.SHIPPING,
                Topic.SAGA_REPLIES, Topology.ORDER,
                Topic.PRODUCTS, Topology.ORDER);
        for (Map.Entry<Topic, String> each : consumers.entrySet()) {
            Topic topic = each.getKey();
            var desk = new DeadLetterClient(shop, each.getValue());
            List<String> offsets = new ArrayList<>();
            int published = kafka.read(topic.deadLetterTopicName()).size();
            for (String key : new String[] {"no order", null}) {
                if (key == null && topic.isCompacted()) {
                    continue; // the broker refuses it
                }
                for (PoisonMessage poison : PoisonMessage.OF_SHIPPING_COMMANDS) {
                    var at = kafka.send(poison.record(topic.topicName(), key, "4bf92f3577b34da6a3ce929d0e0e4736"));
                    offsets.add(at.partition() + "@" + at.offset());
                }
            }
            List<JsonNode> letters = desk.awaitAll(offsets.size());
            assertThat(letters)
                    .extracting(letter -> letter.path("partition").intValue() + "@"
                            + letter.path("offset").longValue())
                    .containsExactlyInAnyOrderElementsOf(offsets);
            shop.audit();
            assertThat(kafka.read(topic.deadLetterTopicName())).hasSize(published + offsets.size());
            for (JsonNode letter : letters) {
                desk.discard(letter);
            }
        }
        shop.awaitStatus(shop.place(), "CONFIRMED");
        shop.audit();
    }

    private List<JsonNode> entries(OrderId order, String kind) {
        return StreamSupport.stream(shop.timeline(order).spliterator(), false)
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
