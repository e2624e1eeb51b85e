package io.orderly.lab.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orderly.backends.SharedBackends;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import io.orderly.contracts.Topic;
import io.orderly.contracts.event.OrderConfirmed;
import io.orderly.lab.load.JournalEntry.Answered;
import io.orderly.lab.load.JournalEntry.Attempted;
import io.orderly.lab.load.JournalEntry.CancellationAnswered;
import io.orderly.lab.load.RetryPolicy.Pauses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Runs against a stub of the order-service, which confirms every accepted order immediately. */
@ResourceLock("topics of the shared broker")
class LoadGeneratorIntegrationTest {

    private static final String BROKER = SharedBackends.kafka().bootstrapServers();
    private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(30);

    private final Map<String, OrderId> orders = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
    private volatile Behaviour behaviour = (exchange, key) -> accept(exchange, key);
    private HttpServer server;
    private KafkaProducer<String, byte[]> producer;
    private Path journalFile;
    private Journal journal;
    private LoadGenerator generator;

    private interface Behaviour {
        void answer(HttpExchange exchange, String key) throws Exception;
    }

    @BeforeAll
    static void createTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER))) {
            if (!admin.listTopics().names().get().contains(Topic.ORDER_EVENTS.topicName())) {
                admin.createTopics(List.of(new NewTopic(Topic.ORDER_EVENTS.topicName(), 3, (short) 1)))
                        .all()
                        .get();
            }
        }
    }

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", BROKER), new StringSerializer(), new ByteArraySerializer());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/orders", this::handle);
        server.start();
        URI service = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        journalFile = folder.resolve("journal");
        journal = Journal.begin(journalFile);
        var mix = new OrderMix("load", 1, List.of(new Sku("A-1")), 10, new MixShares(0, 0, 0, 0, 0.5));
        generator = new LoadGenerator(new OrderApi(service, service), mix, 1, journal, BROKER, CLIENT_TIMEOUT);
    }

    @AfterEach
    void stop() {
        generator.close();
        journal.close();
        server.stop(0);
        producer.close();
    }

    @Test
    void tracksEveryOrderToItsOutcome() throws Exception {
        var run = generator.run(new Phase("test", 200, Duration.ofSeconds(1)));
        assertThat(generator.awaitIdle(CLIENT_TIMEOUT)).isTrue();

        PhaseResult result = run.result();
        assertThat(result.sent()).isBetween(100L, 300L).isEqualTo(orders.size());
        assertThat(result.accepted()).isEqualTo(result.sent());
        assertThat(result.outcomes()).containsEntry(OrderOutcome.CONFIRMED, result.sent());
        assertThat(result.toEnd().count()).isEqualTo(result.sent());
        assertThat(result.unanswered()).isZero();
        assertThat(generator.inFlight()).isZero();

        journal.close();
        List<JournalEntry> entries = Journal.read(journalFile);
        assertThat(entries.stream().filter(Attempted.class::isInstance)).hasSize((int) result.sent());
        assertThat(entries.stream().filter(CancellationAnswered.class::isInstance))
                .isNotEmpty();
        assertThat(entries.stream()
                        .filter(Answered.class::isInstance)
                        .map(Answered.class::cast)
                        .toList())
                .allSatisfy(answered -> assertThat(answered.answer().orderId()).isEqualTo(orders.get(answered.key())));
    }

    @Test
    void tracksOrdersAmongForeignRecords() throws Exception {
        byte[] type = MessageType.of(new OrderConfirmed(new OrderId(UUID.randomUUID())))
                .name()
                .getBytes(UTF_8);
        for (String key : Arrays.asList(null, "no-uuid")) {
            for (int partition = 0; partition < 3; partition++) {
                producer.send(foreign(partition, key)).get();
                var withoutValue = foreign(partition, key);
                withoutValue.headers().add(MessageHeaders.TYPE, null);
                producer.send(withoutValue).get();
                var withType = foreign(partition, key);
                withType.headers().add(MessageHeaders.TYPE, type);
                producer.send(withType).get();
            }
        }
        var run = generator.run(new Phase("foreign", 50, Duration.ofMillis(500)));
        assertThat(generator.awaitIdle(CLIENT_TIMEOUT)).isTrue();
        assertThat(run.result().outcomes())
                .containsEntry(OrderOutcome.CONFIRMED, run.result().sent());
    }

    private static ProducerRecord<String, byte[]> foreign(int partition, String key) {
        return new ProducerRecord<>(Topic.ORDER_EVENTS.topicName(), partition, key, new byte[0]);
    }

    @Test
    void keepsSendingDuringAStallAndMeasuresTheWholeWait() throws Exception {
        var arrived = new CountDownLatch(40);
        var stallMillis = new AtomicInteger();
        long beganNanos = System.nanoTime();
        behaviour = (exchange, key) -> {
            arrived.countDown();
            arrived.await();
            stallMillis.compareAndSet(
                    0, (int) Duration.ofNanos(System.nanoTime() - beganNanos).toMillis());
            accept(exchange, key);
        };
        var run = generator.run(new Phase("stall", 100, Duration.ofSeconds(2)));
        assertThat(generator.awaitIdle(CLIENT_TIMEOUT)).isTrue();

        PhaseResult result = run.result();
        assertThat(result.accepted()).isEqualTo(result.sent()).isGreaterThan(40);
        // the first request waited for the fortieth: about 0.4 s at 100/s on any machine
        assertThat(result.toAcceptance().maxMillis()).isGreaterThan(150);
        assertThat(result.toEnd().maxMillis())
                .isGreaterThanOrEqualTo(result.toAcceptance().p50Millis());
    }

    @Test
    void retriesWithTheSameKeyUntilAFinalResponse() throws Exception {
        behaviour = (exchange, key) -> {
            switch (requests.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet()) {
                case 1 -> exchange.close(); // no response
                case 2 -> send(exchange, 503);
                case 3 -> send(exchange, 409);
                default -> accept(exchange, key);
            }
        };
        var run = generator.run(new Phase("failures", 20, Duration.ofSeconds(1)));
        assertThat(generator.awaitIdle(CLIENT_TIMEOUT)).isTrue();

        PhaseResult result = run.result();
        assertThat(result.sent()).isPositive();
        assertThat(result.accepted()).isEqualTo(result.sent());
        assertThat(result.repeated()).isGreaterThanOrEqualTo(3 * result.sent());
        assertThat(result.outcomes()).containsEntry(OrderOutcome.CONFIRMED, result.sent());
    }

    @Test
    void doesNotRetryAPermanentError() throws Exception {
        behaviour = (exchange, _) -> send(exchange, 422);
        var run = generator.run(new Phase("refusals", 50, Duration.ofMillis(500)));
        assertThat(generator.awaitIdle(CLIENT_TIMEOUT)).isTrue();
        PhaseResult result = run.result();
        assertThat(result.refused()).isEqualTo(result.sent()).isPositive();
        assertThat(result.repeated()).isZero();
    }

    @Test
    void keepsAConstantNumberOfOrdersInFlightAcrossPhases() throws Exception {
        var present = new AtomicInteger();
        var most = new AtomicInteger();
        var fiveHaveMet = new CountDownLatch(5);
        behaviour = (exchange, key) -> {
            most.accumulateAndGet(present.incrementAndGet(), Math::max);
            fiveHaveMet.countDown();
            fiveHaveMet.await();
            present.decrementAndGet();
            accept(exchange, key);
        };
        PhaseResult first = generator
                .runInFlight(new Phase("first", 0, Duration.ofSeconds(1)), 5)
                .result();
        generator.runInFlight(new Phase("second", 0, Duration.ofSeconds(1)), 5);
        assertThat(generator.awaitIdle(CLIENT_TIMEOUT)).isTrue();

        assertThat(most.get()).isEqualTo(5);
        assertThat(first.sent()).isGreaterThan(5).isLessThanOrEqualTo(5 + first.endedMeanwhile());
        assertThat(generator.uncompletedOrders()).isZero();
    }

    @Test
    void aResponseWithAnOutcomeNeedsNoEvent() throws Exception {
        RequestTarget target = _ -> new OrderResponse(201, new OrderId(UUID.randomUUID()), OrderOutcome.CONFIRMED);
        var mix = new OrderMix("synchronous", 1, List.of(new Sku("A-1")), 10, MixShares.ALL_ORDINARY);
        URI unused = URI.create("http://127.0.0.1:1");
        try (var synchronous = new LoadGenerator(
                new OrderApi(unused, unused),
                target,
                LoadObserver.NONE,
                mix,
                1,
                journal,
                BROKER,
                CLIENT_TIMEOUT,
                RetryPolicy.DEFAULT)) {
            PhaseResult result = synchronous
                    .run(new Phase("test", 100, Duration.ofMillis(500)))
                    .result();
            assertThat(synchronous.awaitIdle(CLIENT_TIMEOUT)).isTrue();
            assertThat(result.sent()).isPositive();
            assertThat(synchronous.inFlight()).isZero();
            assertThat(synchronous.uncompletedOrders()).isZero();
        }
    }

    @Test
    void notifiesItsObserverOfAcceptedAndFailedRequests() throws Exception {
        var acceptedNanos = new AtomicLong();
        var accepted = new AtomicInteger();
        var turnedAway = new AtomicInteger();
        var observer = new LoadObserver() {
            @Override
            public void accepted(long intendedNanos, long atNanos) {
                accepted.incrementAndGet();
                acceptedNanos.addAndGet(atNanos - intendedNanos);
            }

            @Override
            public void turnedAway(long intendedNanos) {
                turnedAway.incrementAndGet();
            }
        };
        RequestTarget target = order -> switch (requests.computeIfAbsent(order.key(), _ -> new AtomicInteger())
                .incrementAndGet()) {
            case 1 -> new OrderResponse(503, null);
            case 2 -> throw new IOException("no answer");
            default ->
                Math.floorMod(order.key().hashCode(), 2) == 0
                        ? new OrderResponse(422, null)
                        : new OrderResponse(201, new OrderId(UUID.randomUUID()), OrderOutcome.CONFIRMED);
        };
        var mix = new OrderMix("observed", 1, List.of(new Sku("A-1")), 10, MixShares.ALL_ORDINARY);
        URI unused = URI.create("http://127.0.0.1:1");
        try (var observed = new LoadGenerator(
                new OrderApi(unused, unused),
                target,
                observer,
                mix,
                1,
                journal,
                BROKER,
                CLIENT_TIMEOUT,
                RetryPolicy.DEFAULT)) {
            LoadGenerator.PhaseRun run = observed.run(new Phase("test", 100, Duration.ofMillis(500)));
            assertThat(observed.awaitIdle(CLIENT_TIMEOUT)).isTrue();

            PhaseResult result = run.result();
            assertThat(result.accepted()).isPositive();
            assertThat(result.refused()).isPositive();
            assertThat(accepted).hasValue((int) result.accepted());
            assertThat(turnedAway).hasValue((int) result.repeated());
            double meanMillis = acceptedNanos.get() / 1e6 / result.accepted();
            assertThat(meanMillis).isCloseTo(result.toAcceptance().meanMillis(), Offset.offset(1.0));
        }
    }

    @Test
    void honoursRetryAfter() throws Exception {
        Map<String, Long> refusedNanos = new ConcurrentHashMap<>();
        Map<String, Long> pauseMillis = new ConcurrentHashMap<>();
        behaviour = (exchange, key) -> {
            Long refused = refusedNanos.putIfAbsent(key, System.nanoTime());
            if (refused == null) {
                exchange.getResponseHeaders().add("Retry-After", "1");
                send(exchange, 503);
            } else {
                pauseMillis.put(
                        key, Duration.ofNanos(System.nanoTime() - refused).toMillis());
                accept(exchange, key);
            }
        };
        var run = generator.run(new Phase("overload", 20, Duration.ofMillis(500)));
        assertThat(generator.awaitIdle(CLIENT_TIMEOUT)).isTrue();

        assertThat(run.result().accepted()).isEqualTo(run.result().sent()).isPositive();
        assertThat(pauseMillis.values()).allSatisfy(millis -> assertThat(millis).isGreaterThanOrEqualTo(1_000));
    }

    @Test
    void eagerClientsIgnoreRetryAfterAndABudgetLimitsRetries() throws Exception {
        RequestTarget refusing = _ -> new OrderResponse(503, null, null, Duration.ofSeconds(1));
        PhaseResult eager = resultOf(refusing, new RetryPolicy(Pauses.EAGER, null, CLIENT_TIMEOUT));
        PhaseResult patient = resultOf(refusing, new RetryPolicy(Pauses.RETRY_AFTER, null, CLIENT_TIMEOUT));
        PhaseResult sparing = resultOf(refusing, new RetryPolicy(Pauses.EAGER, 0.1, CLIENT_TIMEOUT));

        // within 2 s: at least ten pauses of up to 75 ms, at most one of a second and more
        assertThat(eager.requests()).isGreaterThan(10 * eager.sent());
        assertThat(patient.requests()).isLessThanOrEqualTo(2 * patient.sent());
        assertThat(sparing.requests() - sparing.sent()).isBetween(10L, 10 + sparing.sent() / 10);
        assertThat(sparing.unanswered()).isEqualTo(sparing.sent());
    }

    /** Of clients whose patience is 2 s. */
    private PhaseResult resultOf(RequestTarget target, RetryPolicy policy) throws Exception {
        var mix = new OrderMix(policy.toString(), 1, List.of(new Sku("A-1")), 10, MixShares.ALL_ORDINARY);
        URI unused = URI.create("http://127.0.0.1:1");
        try (var load = new LoadGenerator(
                new OrderApi(unused, unused),
                target,
                LoadObserver.NONE,
                mix,
                1,
                journal,
                BROKER,
                Duration.ofSeconds(2),
                policy)) {
            var run = load.run(new Phase("test", 50, Duration.ofMillis(500)));
            assertThat(load.awaitIdle(CLIENT_TIMEOUT)).isTrue();
            return run.result();
        }
    }

    @Test
    void sequentialOrdersDoNotOverlap() throws Exception {
        var run = generator.runOneByOne("alone", 10);
        PhaseResult result = run.result();
        assertThat(result.accepted()).isEqualTo(10);
        assertThat(result.acceptanceToEnd().count()).isEqualTo(10);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestURI().getPath().endsWith("/cancellation")) {
                send(exchange, 202);
                return;
            }
            behaviour.answer(exchange, exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private void accept(HttpExchange exchange, String key) throws IOException {
        OrderId order = orders.computeIfAbsent(key, _ -> new OrderId(UUID.randomUUID()));
        var confirmed = new OrderConfirmed(order);
        var event =
                new ProducerRecord<>(Topic.ORDER_EVENTS.topicName(), order.toString(), MessageCodec.encode(confirmed));
        event.headers()
                .add(MessageHeaders.TYPE, MessageType.of(confirmed).name().getBytes(UTF_8));
        producer.send(event);
        exchange.getResponseHeaders().add("Location", "/orders/" + order);
        send(exchange, 202);
    }

    private static void send(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
    }
}
