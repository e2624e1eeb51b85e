package io.orderly.lab.bench;

import io.orderly.backends.Database;
import io.orderly.lab.bench.LatencyFloor.Pass;
import io.orderly.stack.process.ProcessFailure;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Measures a {@link LatencyFloor} on the system's own servers: executes the I/O operations of an order in their
 * sequence, without reads, locks, business logic or serialisation in between.
 */
final class LatencyFloorProbe implements AutoCloseable {

    private static final String TOPIC = "bench.floor";
    private static final int MESSAGE_BYTES = 1_000;

    /** The index, from 0, of the record that is preceded by the call of the provider, between two commits. */
    private static final int CHARGE = 3;

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Connection connection;
    private final PreparedStatement insert;
    private final URI provider;
    private final List<String> charges = new ArrayList<>();
    private final byte[] message = new byte[MESSAGE_BYTES];

    /**
     * @param database a database for exclusive use
     * @param provider the payment provider
     */
    LatencyFloorProbe(String bootstrapServers, Database database, URI provider)
            throws SQLException, InterruptedException {
        this.provider = provider;
        new Random(1).nextBytes(message);
        createTopic(bootstrapServers);
        producer = new KafkaProducer<>(
                with(bootstrapServers, KafkaClientSettings.PRODUCER),
                new StringSerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                with(bootstrapServers, KafkaClientSettings.CONSUMER),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
        connection = DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table floor (id bigint generated always as identity primary key, body bytea)");
        }
        connection.setAutoCommit(false);
        insert = connection.prepareStatement("insert into floor (body) values (?)");
    }

    /** @param passes the number of measured passes, after the same number of warm-up passes */
    LatencyFloor measure(int passes) throws SQLException, IOException {
        for (int i = 0; i < passes; i++) {
            pass();
        }
        List<Pass> measured = new ArrayList<>();
        for (int i = 0; i < passes; i++) {
            measured.add(pass());
        }
        for (String charge : charges) {
            // reverse the charges, so that the provider's book has no open charge
            call("POST", "/charges/%s/reversal".formatted(charge), "");
        }
        charges.clear();
        return LatencyFloor.of(measured);
    }

    private Pass pass() throws SQLException, IOException {
        long recordsNanos = 0;
        long commitsNanos = 0;
        long providerNanos = 0;
        for (int record = 0; record < LatencyFloor.RECORDS; record++) {
            long beganNanos = System.nanoTime();
            commit();
            long committedNanos = System.nanoTime();
            commitsNanos += committedNanos - beganNanos;
            if (record == CHARGE) {
                charge();
                long chargedNanos = System.nanoTime();
                providerNanos += chargedNanos - committedNanos;
                commit();
                committedNanos = System.nanoTime();
                commitsNanos += committedNanos - chargedNanos;
            }
            send();
            recordsNanos += System.nanoTime() - committedNanos;
        }
        return new Pass(recordsNanos, commitsNanos, providerNanos);
    }

    private void commit() throws SQLException {
        insert.setBytes(1, message);
        insert.executeUpdate();
        connection.commit();
    }

    /** Sends a record as the outbox relay does, and waits until a consumer receives it. */
    private void send() {
        producer.send(new ProducerRecord<>(TOPIC, "floor", message));
        Thread.ofVirtual().start(producer::flush);
        long giveUpNanos = System.nanoTime() + TIMEOUT.toNanos();
        while (consumer.poll(POLL).isEmpty()) {
            if (System.nanoTime() - giveUpNanos > 0) {
                throw new ProcessFailure("a record was not received through Kafka");
            }
        }
    }

    private void charge() throws IOException {
        String key = UUID.randomUUID().toString();
        charges.add(key);
        call("PUT", "/charges/" + key, """
                {"account": "bench-floor", "amount": "1.00", "currency": "EUR", "reference": "%s"}""".formatted(key));
    }

    /** Blocking, like the payment-service's client. */
    private void call(String method, String path, String body) throws IOException {
        var request = (HttpURLConnection) provider.resolve(path).toURL().openConnection();
        request.setRequestMethod(method);
        request.setRequestProperty("Content-Type", "application/json");
        request.setConnectTimeout((int) TIMEOUT.toMillis());
        request.setReadTimeout((int) TIMEOUT.toMillis());
        request.setDoOutput(true);
        request.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        if (request.getResponseCode() != OK) {
            throw new IOException("%s %s returned %d".formatted(method, path, request.getResponseCode()));
        }
        // read completely, so that the connection is reused
        request.getInputStream().readAllBytes();
    }

    @Override
    public void close() throws SQLException {
        producer.close();
        consumer.close();
        connection.close();
    }

    private static void createTopic(String bootstrapServers) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot create the topic " + TOPIC, e);
        }
    }

    private static Map<String, Object> with(String bootstrapServers, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", bootstrapServers);
        return all;
    }
}
