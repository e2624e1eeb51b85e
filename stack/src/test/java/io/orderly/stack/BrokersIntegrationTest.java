package io.orderly.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.launch.SystemPlans;
import io.orderly.stack.link.Links;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessFolder;
import io.orderly.stack.process.Supervisor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three brokers, each a process, that are killed. */
class BrokersIntegrationTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String TOPIC = "orders";

    @TempDir
    private Path folder;

    private String bootstrapServers = "";

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void recordsSurviveAKilledBrokerAndAreRefusedByTheLastOne() throws Exception {
        try (DataFolder data = DataFolder.take(folder.resolve("data"))) {
            Ports ports = Ports.free();
            Brokers brokers = Brokers.of(Brokers.REPLICATED, data, ports, Links.DIRECT, List.of());
            bootstrapServers = brokers.bootstrapServers();
            Supervisor system = new Supervisor(
                    brokers.processes(new SystemPlans(data, ports)), ProcessFolder.under(folder), new Silent());
            List<ManagedProcess> all =
                    brokers.names().stream().map(system::process).toList();
            try {
                system.start(PATIENCE);
                assertThat(replicasOfANewTopic()).isEqualTo(3);
                send("with three", PATIENCE);

                all.get(2).kill();
                send("with two", PATIENCE);
                all.get(1).kill();
                assertThatThrownBy(() -> send("with one", Duration.ofSeconds(10)))
                        .satisfiesAnyOf(
                                unacknowledged -> assertThat(unacknowledged)
                                        .isInstanceOf(java.util.concurrent.TimeoutException.class),
                                refused -> assertThat(refused)
                                        .rootCause()
                                        .isInstanceOfAny(
                                                TimeoutException.class,
                                                NotEnoughReplicasException.class,
                                                NotEnoughReplicasAfterAppendException.class));

                all.get(2).start();
                all.get(2).awaitReady(PATIENCE);
                send("with two again", PATIENCE);
                // what was sent to one alone was not acknowledged, and may be there
                assertThat(received("with two again"))
                        .filteredOn(value -> !value.equals("with one"))
                        .containsExactly("with three", "with two", "with two again");
            } finally {
                // a broker without a majority of controllers does not end by itself
                all.forEach(ManagedProcess::kill);
                system.stop();
            }
        }
    }

    private int replicasOfANewTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() ->
                            description(admin).partitions().getFirst().isr().size() == 3);
            return description(admin).partitions().getFirst().replicas().size();
        }
    }

    private static TopicDescription description(Admin admin) throws Exception {
        return admin.describeTopics(List.of(TOPIC)).allTopicNames().get().get(TOPIC);
    }

    /**
     * A producer that has no id yet asks the brokers for one again and again, and its delivery timeout does not end that. So the wait and the
     * close have limits of their own.
     */
    private void send(String value, Duration patience) throws Exception {
        int millis = (int) patience.toMillis();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers,
                "acks", "all",
                "request.timeout.ms", millis / 2,
                "delivery.timeout.ms", millis,
                "max.block.ms", millis);
        Producer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        try {
            producer.send(new ProducerRecord<>(TOPIC, value)).get(2L * millis, TimeUnit.MILLISECONDS);
        } finally {
            producer.close(Duration.ofSeconds(5));
        }
    }

    private List<String> received(String last) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
            Awaitility.await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
                return values.contains(last);
            });
        }
        return values;
    }

    private static final class Silent implements Supervisor.Listener {

        @Override
        public void ready(ManagedProcess process, Duration sinceStart) {}

        @Override
        public void died(ManagedProcess process, String explanation) {}
    }
}
