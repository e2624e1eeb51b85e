package io.orderly.inventory.shards;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.backends.FreePort;
import io.orderly.contracts.Sku;
import io.orderly.inventory.InventoryIntegrationTest;
import io.orderly.inventory.InventoryServiceApplication;
import io.orderly.kit.testing.EtcdProcess;
import io.orderly.partitions.range.RangeMap;
import io.orderly.partitions.range.RangeMapText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** An instance with a coordinator: it publishes and follows maps, refuses a bad one, and keeps the last one while the coordinator is away. */
class PublishedShardsIntegrationTest extends InventoryIntegrationTest {

    private static final String KEY = "/ranges/inventory-service/map";
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void aMapIsPublishedFollowedAndRefused() throws Exception {
        EtcdProcess etcd = EtcdProcess.start(folder, FreePort.find());
        try (ConfigurableApplicationContext instance = instance(etcd)) {
            Shards shards = instance.getBean(Shards.class);
            await("the map in force is published").until(() -> etcd.get(KEY).equals(RangeMapText.write(shards.map())));

            await("a split succeeds when its own publication has been seen")
                    .until(() -> shards.split(new Sku("KIT")) instanceof Resharding.Done);
            RangeMap two = shards.map();
            assertThat(etcd.get(KEY)).isEqualTo(RangeMapText.write(two));

            RangeMap one =
                    two.merge(two.ranges().get(0).shard(), two.ranges().get(1).shard());
            etcd.ctl("put", KEY, RangeMapText.write(one));
            await("a published map is followed").until(() -> shards.map().equals(one));

            etcd.ctl("put", KEY, RangeMapText.write(two));
            await("a lower generation is refused").until(() -> alarms(instance) == 1);
            assertThat(shards.map()).isEqualTo(one);

            etcd.process().kill();
            assertThat(shards.split(new Sku("KIT"))).isInstanceOf(Resharding.Unavailable.class);
            assertThat(shards.map()).isEqualTo(one);
            new ShardAudit(jdbc).assertConsistent(one);
        } finally {
            etcd.process().kill();
        }
    }

    private ConfigurableApplicationContext instance(EtcdProcess etcd) {
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
                                        "--orderly.coordinator.client.endpoints=" + etcd.endpoint()))
                        .toArray(String[]::new));
    }

    private static double alarms(ConfigurableApplicationContext instance) {
        return instance.getBean(MeterRegistry.class)
                .get("orderly.shards.alarms")
                .counter()
                .count();
    }

    private static ConditionFactory await(String condition) {
        return Awaitility.await(condition).atMost(LONG);
    }
}
