package io.orderly.inventory.shards;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.backends.FreePort;
import io.orderly.backends.process.LeashedProcess;
import io.orderly.backends.process.ProcessSpec;
import io.orderly.backends.process.ProcessSpec.StopSignal;
import io.orderly.contracts.Sku;
import io.orderly.inventory.InventoryIntegrationTest;
import io.orderly.inventory.InventoryServiceApplication;
import io.orderly.partitions.range.RangeMap;
import io.orderly.partitions.range.RangeMapText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An instance with a coordinator, which is etcd here: it publishes and follows maps, refuses a bad one, and keeps the last one while the coordinator
 * is away. Debian has etcd in the package {@code etcd-server}; without it the test is skipped.
 */
class PublishedShardsIntegrationTest extends InventoryIntegrationTest {

    private static final String KEY = "/ranges/inventory-service/map";
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final int etcdPort = FreePort.find();

    @Test
    void aMapIsPublishedFollowedAndRefused() throws Exception {
        assumeTrue(isInstalled("etcd"), "etcd is not installed: apt-get install etcd-server");
        LeashedProcess etcd = etcd();
        try (ConfigurableApplicationContext instance = instance()) {
            Shards shards = instance.getBean(Shards.class);
            await("the map in force is published").until(() -> published().equals(RangeMapText.write(shards.map())));

            await("a split succeeds when its own publication has been seen")
                    .until(() -> shards.split(new Sku("KIT")) instanceof Resharding.Done);
            RangeMap two = shards.map();
            assertThat(published()).isEqualTo(RangeMapText.write(two));

            RangeMap one =
                    two.merge(two.ranges().get(0).shard(), two.ranges().get(1).shard());
            etcdctl("put", KEY, RangeMapText.write(one));
            await("a published map is followed").until(() -> shards.map().equals(one));

            etcdctl("put", KEY, RangeMapText.write(two));
            await("a lower generation is refused").until(() -> alarms(instance) == 1);
            assertThat(shards.map()).isEqualTo(one);

            etcd.kill();
            assertThat(shards.split(new Sku("KIT"))).isInstanceOf(Resharding.Unavailable.class);
            assertThat(shards.map()).isEqualTo(one);
            new ShardAudit(jdbc).assertConsistent(one);
        } finally {
            etcd.kill();
        }
    }

    private ConfigurableApplicationContext instance() {
        return SpringApplication.run(
                InventoryServiceApplication.class,
                Stream.concat(
                                BACKENDS.entrySet().stream()
                                        .map(entry -> "--" + entry.getKey() + "=" + entry.getValue()),
                                Stream.of(
                                        "--server.port=0",
                                        "--logging.level.root=error",
                                        "--orderly.shards.check-interval=200ms",
                                        "--orderly.shards.split-above=0",
                                        "--orderly.shards.merge-below=0",
                                        // the other instance in this process has no coordinator
                                        "--orderly.partitions.enabled=false",
                                        "--orderly.coordinator.client.enabled=true",
                                        "--orderly.coordinator.client.endpoints=127.0.0.1:" + etcdPort))
                        .toArray(String[]::new));
    }

    private LeashedProcess etcd() {
        String clients = "http://127.0.0.1:" + etcdPort;
        String peers = "http://127.0.0.1:" + FreePort.find();
        return LeashedProcess.start(new ProcessSpec(
                List.of(
                        "etcd",
                        "--data-dir=" + folder.resolve("etcd"),
                        "--listen-client-urls=" + clients,
                        "--advertise-client-urls=" + clients,
                        "--listen-peer-urls=" + peers,
                        "--initial-advertise-peer-urls=" + peers,
                        "--initial-cluster=default=" + peers),
                Map.of(),
                folder.resolve("etcd.log"),
                folder.resolve("etcd.pid"),
                List.of(),
                StopSignal.TERM,
                Duration.ofSeconds(1)));
    }

    private String published() throws IOException, InterruptedException {
        // etcdctl adds a line feed
        String output = etcdctl("get", "--print-value-only", KEY);
        return output.isEmpty() ? "" : output.substring(0, output.length() - 1);
    }

    private String etcdctl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("etcdctl", "--endpoints=127.0.0.1:" + etcdPort));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("ETCDCTL_API", "3");
        Process etcdctl = builder.start();
        String output = new String(etcdctl.getInputStream().readAllBytes(), UTF_8);
        assertThat(etcdctl.waitFor()).as(output).isZero();
        return output;
    }

    private static double alarms(ConfigurableApplicationContext instance) {
        return instance.getBean(MeterRegistry.class)
                .get("orderly.shards.alarms")
                .counter()
                .count();
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    private static ConditionFactory await(String condition) {
        return Awaitility.await(condition).atMost(LONG);
    }
}
