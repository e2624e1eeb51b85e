package io.orderly.inventory.shards;

import io.orderly.kit.members.EmergentLeader;
import io.orderly.partitions.range.RangeMap;
import io.orderly.partitions.range.RangeMapStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Follows the published map as soon as it changes. One instance, the emergent leader, regularly counts the products, for the metrics and the limits of
 * size.
 */
@Component
@EnableConfigurationProperties(ShardsProperties.class)
class ShardUpkeep implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ShardUpkeep.class);

    private final Shards shards;
    private final ShardMetrics metrics;
    private final ShardsProperties properties;
    private final EmergentLeader leader;

    private @Nullable ScheduledExecutorService thread;
    private Optional<RangeMapStore.Watching> watching = Optional.empty();

    ShardUpkeep(Shards shards, ShardMetrics metrics, ShardsProperties properties, EmergentLeader leader) {
        this.shards = shards;
        this.metrics = metrics;
        this.properties = properties;
        this.leader = leader;
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("shards").daemon().factory());
        thread = started;
        long interval = properties.checkInterval().toNanos();
        started.scheduleWithFixedDelay(() -> guarded(this::check), interval, interval, TimeUnit.NANOSECONDS);
        watching = shards.watch(() -> {
            try {
                started.execute(() -> guarded(shards::follow));
            } catch (RejectedExecutionException e) {
                log.debug("The shards are not watched any more", e);
            }
        });
    }

    @Override
    public synchronized void stop() {
        watching.ifPresent(RangeMapStore.Watching::close);
        if (thread != null) {
            thread.shutdown();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    /** All instances follow the published map. One is enough to count, and two that split or merge by size at once get in each other's way only. */
    void check() {
        boolean current = shards.follow();
        RangeMap map = shards.map();
        if (!leader.isSelf()) {
            metrics.show(map, List.of());
            return;
        }
        List<ShardSize> sizes = shards.sizes(map);
        metrics.show(map, sizes);
        if (current) {
            shards.balance(properties.limits(), map, sizes);
        }
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.warn("The shards could not be checked, which is repeated: {}", e.getMessage());
        }
    }
}
