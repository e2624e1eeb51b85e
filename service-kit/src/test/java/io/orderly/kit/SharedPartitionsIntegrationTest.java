package io.orderly.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.backends.Database;
import io.orderly.backends.EmbeddedKafka;
import io.orderly.backends.FreePort;
import io.orderly.backends.SharedBackends;
import io.orderly.backends.process.LeashedProcess;
import io.orderly.contracts.Topic;
import io.orderly.kit.testing.EtcdProcess;
import io.orderly.kit.testing.KafkaTap;
import io.orderly.kit.testing.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * Two instances of a service, each in its own process, that share the partitions of the outbox through a coordinator, while one of them is
 * paused beyond its lease.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class SharedPartitionsIntegrationTest {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String TOPIC = Topic.ORDER_EVENTS.topicName();

    /** Enough that each instance has some, whatever its partitions. */
    private static final List<String> KEYS =
            IntStream.range(0, 40).mapToObj(i -> "key-" + i).toList();

    /** Messages that are written together, of each key. */
    private static final int MESSAGES = 10;

    @TempDir
    private static Path folder;

    private final Map<String, LeashedProcess> processes = new HashMap<>();
    /** Messages of each key so far. */
    private int written;

    private Database database;
    private SingleConnectionDataSource connection;
    private JdbcClient jdbc;
    private EmbeddedKafka broker;
    private KafkaTap kafka;
    private final int etcdPort = FreePort.find();
    private EtcdProcess etcd;

    @BeforeAll
    void start() {
        etcd = EtcdProcess.start(folder, etcdPort);
        processes.put("etcd", etcd.process());
        database = SharedBackends.freshDatabase("shared_partitions");
        connection = new SingleConnectionDataSource(database.jdbcUrl(), database.username(), database.password(), true);
        jdbc = JdbcClient.create(connection);
        broker = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        processes.put("one", instance("one"));
        processes.put("two", instance("two"));
        kafka = new KafkaTap(broker.bootstrapServers(), List.of(TOPIC));
    }

    @BeforeEach
    void awaitTwoOwners() {
        if (!processes.get("two").isAlive()) {
            processes.put("two", instance("two"));
        }
        await("both instances have partitions").ignoreExceptions().until(() -> owners() == 2);
    }

    @AfterAll
    void stop() {
        processes.values().forEach(LeashedProcess::kill);
        if (kafka != null) {
            connection.destroy();
            kafka.close();
            broker.close();
        }
    }

    /** The owner is stopped after it has sent messages and before it deletes them; then another owner sends them and the following ones. */
    @Test
    void anOwnerThatIsPausedBeyondItsLeaseDeliversNothingOutOfOrder() throws Exception {
        write();
        awaitPublished();
        int before = published();
        int writtenBefore = written;

        for (String paused : List.of("one", "two")) {
            String refusal = "The database has refused a write to partitions";
            long refusals = logged(refusal, paused);
            Files.createFile(pauseFile(paused));
            write();
            await(paused + " is stopped")
                    .until(() -> ServiceProcess.isStopped(processes.get(paused).pid()));
            write();
            awaitPublished();
            assertThat(owners()).isEqualTo(1);

            signal("CONT", paused);
            write();
            awaitPublished();
            await("its deletion is refused").until(() -> logged(refusal, paused) > refusals);
            await("it has partitions again").until(() -> owners() == 2);
        }

        assertFirstDeliveriesInOrder();
        assertThat(published() - before)
                .as("what the stopped owners sent was sent again")
                .isGreaterThan(KEYS.size() * (written - writtenBefore));
    }

    @Test
    void theOtherInstanceTakesOverAfterAKillAndRegistersAgainIfItsKeyIsDeletedOrItsLeaseEnds() throws Exception {
        processes.get("two").kill();
        write();
        awaitPublished();
        assertThat(owners()).isEqualTo(1);

        etcd.ctl("del", "--prefix", "/partitions/shared/members/");
        write();
        awaitPublished();

        signal("STOP", "etcd");
        String end = "it has lost its partitions";
        long ends = logged(end, "one");
        await("the lease of the owner is over").until(() -> logged(end, "one") > ends);
        write();
        signal("CONT", "etcd");

        awaitPublished();
        assertFirstDeliveriesInOrder();
    }

    /** Comes last, because an owner of before the loss may have raised tokens again, above those of later owners. */
    @Test
    @Order(Integer.MAX_VALUE)
    void aCoordinatorThatLosesItsDataStopsTheWorkUntilAnOperatorResetsTheTokens() throws Exception {
        write();
        awaitPublished();
        String loss = "it has lost its data";
        String refusal = "The database refuses tokens of partitions";
        long losses = logged(loss, "one", "two");
        long refusals = logged(refusal, "one", "two");
        jdbc.sql("update partition_tokens set token = token + 1000000").update(); // of many earlier assignments

        processes.get("etcd").kill();
        FileSystemUtils.deleteRecursively(folder.resolve("etcd"));
        processes.put("etcd", EtcdProcess.start(folder, etcdPort).process());
        write();
        await("an instance reports the loss").until(() -> logged(loss, "one", "two") > losses);
        await("a token is refused").until(() -> logged(refusal, "one", "two") > refusals);
        jdbc.sql("update partition_tokens set token = 0").update();

        awaitPublished();
        assertFirstDeliveriesInOrder();
    }

    private void assertFirstDeliveriesInOrder() {
        List<Integer> all = IntStream.rangeClosed(1, written).boxed().toList();
        assertThat(KEYS)
                .allSatisfy(key -> assertThat(numbers(key).stream().distinct()).isEqualTo(all));
    }

    /** Appends messages to the outbox, with ascending numbers for each key. */
    private void write() {
        jdbc.sql("""
                insert into outbox (topic, message_key, partition_id, headers, body, lamport_time, hybrid_time)
                select ?, key, partition_of(key), format('{"number":"%s"}', number), '', 1, 1
                  from generate_series(?::int, ?::int) as number, unnest(?::text[]) as key
                 order by number""")
                .params(TOPIC, written + 1, written + MESSAGES, KEYS.toArray(String[]::new))
                .update();
        written += MESSAGES;
    }

    private void awaitPublished() {
        await("all messages are on the topic")
                .until(() -> KEYS.stream()
                        .allMatch(key -> numbers(key).stream().distinct().count() == written));
        await("the outbox is empty")
                .until(() -> jdbc.sql("select count(*) from outbox")
                                .query(Long.class)
                                .single()
                        == 0);
    }

    /** The number of records on the topic, duplicates included. */
    private int published() {
        return KEYS.stream().mapToInt(key -> numbers(key).size()).sum();
    }

    /** The numbers of the messages of a key on the topic, in their order. */
    private List<Integer> numbers(String key) {
        return kafka.seen(TOPIC, key).stream()
                .map(message -> Integer.valueOf(message.headers().getOrDefault("number", "0")))
                .toList();
    }

    /** 0 while a partition is not owned. */
    private long owners() throws IOException, InterruptedException {
        return etcd.owners("shared");
    }

    private Path pauseFile(String instance) {
        return folder.resolve(instance + ".pause");
    }

    private void signal(String signal, String process) throws IOException {
        ServiceProcess.signal(signal, processes.get(process).pid());
    }

    private LeashedProcess instance(String name) {
        return ServiceProcess.start(
                TestServiceApplication.class,
                folder,
                name,
                database,
                broker,
                Map.of(
                        "SPRING_APPLICATION_NAME",
                        "shared",
                        "ORDERLY_COORDINATOR_CLIENT_ENABLED",
                        "true",
                        "ORDERLY_COORDINATOR_CLIENT_ENDPOINTS",
                        etcd.endpoint(),
                        "ORDERLY_PARTITIONS_LEASE_TTL",
                        "3s",
                        "TEST_PAUSE_FILE",
                        pauseFile(name).toString()));
    }

    /** How many lines with this text processes have logged. */
    private static long logged(String text, String... processes) throws IOException {
        long lines = 0;
        for (String process : processes) {
            lines += Files.readString(folder.resolve(process + ".log"))
                    .lines()
                    .filter(line -> line.contains(text))
                    .count();
        }
        return lines;
    }

    private static ConditionFactory await(String condition) {
        return Awaitility.await(condition).atMost(LONG);
    }
}
