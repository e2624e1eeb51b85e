package io.orderly.inventory.shards;

import io.orderly.contracts.Sku;
import io.orderly.partitions.range.RangeMap;
import io.orderly.partitions.range.RangeMapRule;
import io.orderly.partitions.range.RangeMapRule.Verdict;
import io.orderly.partitions.range.RangeMapStore;
import io.orderly.partitions.range.RangeMapText;
import io.orderly.partitions.range.ShardId;
import io.orderly.partitions.range.ShardRange;
import io.orderly.partitions.range.SizeLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The range map of this instance, and its changes. Thread-safe.
 *
 * <p>A change is first published in the coordinator, in place of exactly the map that this instance has seen there, and then committed in the
 * database by the first instance that gets to it: the one that published it, or one that watches. Without a coordinator it is committed at
 * once. The database takes a map only if its generation is higher than that of the map in force.
 */
@Component
public class Shards {

    private static final Logger log = LoggerFactory.getLogger(Shards.class);

    private final ShardTables tables;
    private final @Nullable RangeMapStore store;
    private final ShardMetrics metrics;
    /** One change at a time in this instance. */
    private final ReentrantLock changes = new ReentrantLock();

    /** Null until the coordinator has answered. */
    private final AtomicReference<@Nullable Published> published = new AtomicReference<>();

    private long alarmedFor = -1;

    /** What is stored in the coordinator. */
    private record Published(long revision, @Nullable String text) {}

    @Autowired
    Shards(ShardTables tables, ObjectProvider<RangeMapStore> store, ShardMetrics metrics) {
        this(tables, store.getIfAvailable(), metrics);
    }

    Shards(ShardTables tables, @Nullable RangeMapStore store, ShardMetrics metrics) {
        this.tables = tables;
        this.store = store;
        this.metrics = metrics;
    }

    /**
     * Watches the map in the coordinator, if there is one.
     *
     * @param changed called after each change; {@link #follow} is due then
     */
    Optional<RangeMapStore.Watching> watch(Runnable changed) {
        return store == null
                ? Optional.empty()
                : Optional.of(store.watch((revision, text) -> {
                    published.set(new Published(revision, text));
                    changed.run();
                }));
    }

    /** The map in force. */
    public RangeMap map() {
        return tables.map();
    }

    /** The size of each shard that has a range, in the order of the ranges. */
    public List<ShardSize> sizes(RangeMap map) {
        Map<ShardId, ShardSize> sizes =
                tables.sizes().stream().collect(Collectors.toMap(ShardSize::shard, Function.identity()));
        return map.ranges().stream()
                .map(range -> sizes.getOrDefault(range.shard(), ShardSize.empty(range.shard())))
                .toList();
    }

    /** The shards without a range. */
    public Set<ShardId> free(RangeMap map) {
        Set<ShardId> free = new TreeSet<>(tables.shards());
        free.removeAll(map.shards());
        return free;
    }

    /** Splits the range of a SKU: those from it on move to a free shard. */
    public Resharding split(Sku at) {
        return change(map -> map.split(at.value(), freeShard(map)));
    }

    /** Splits the range of a shard at the median of its SKUs. */
    public Resharding split(ShardId shard) {
        return change(map -> {
            ShardRange range = map.rangeOf(shard)
                    .orElseThrow(() -> new IllegalArgumentException("shard %s has no range".formatted(shard)));
            String median = tables.median(range)
                    .orElseThrow(
                            () -> new IllegalArgumentException("shard %s has less than two products".formatted(shard)));
            return map.split(median, freeShard(map));
        });
    }

    /** Merges two neighbours: what is in the right one moves to the left one. */
    public Resharding merge(ShardId left, ShardId right) {
        return change(map -> map.merge(left, right));
    }

    /**
     * Follows the published map, or publishes the one in force if there is none.
     *
     * @return whether the published map is in force; also true without a coordinator
     */
    boolean follow() {
        changes.lock();
        try {
            return store == null || follow(store, published.get(), tables.map());
        } finally {
            changes.unlock();
        }
    }

    /** Splits or merges by size, one step. */
    void balance(SizeLimits limits, RangeMap map, List<ShardSize> sizes) {
        Map<ShardId, Long> products = sizes.stream().collect(Collectors.toMap(ShardSize::shard, ShardSize::products));
        limits.next(map, products, free(map)).ifPresent(action -> {
            Resharding result = switch (action) {
                case SizeLimits.Action.Split(ShardId shard) -> split(shard);
                case SizeLimits.Action.Merge(ShardId left, ShardId right) -> merge(left, right);
            };
            if (!(result instanceof Resharding.Done)) {
                log.info("{} by size was not done: {}", action, result);
            }
        });
    }

    private Resharding change(Function<RangeMap, RangeMap> step) {
        changes.lock();
        try {
            RangeMap inForce = tables.map();
            Published seen = published.get();
            if (store != null) {
                if (seen == null) {
                    return new Resharding.Unavailable("the coordinator has not answered yet");
                }
                if (seen.text() != null
                        && RangeMapRule.judge(inForce, seen.text(), tables.shards())
                                instanceof Verdict.Follow(RangeMap due)) {
                    Resharding before = commit(due);
                    return before instanceof Resharding.Done ? new Resharding.Conflict() : before;
                }
            }
            RangeMap next;
            try {
                next = step.apply(inForce);
            } catch (IllegalArgumentException e) {
                return new Resharding.Refused(String.valueOf(e.getMessage()));
            }
            if (store != null && seen != null) {
                String text = RangeMapText.write(next);
                switch (store.replace(seen.revision(), text)) {
                    case RangeMapStore.Result.Replaced(long revision) -> {
                        // the next change need not wait for the watch, which may have told of a later one already
                        published.compareAndSet(seen, new Published(revision, text));
                        log.info("Published the range map of generation {}", next.generation());
                    }
                    case RangeMapStore.Result.Conflict _ -> {
                        return new Resharding.Conflict();
                    }
                    case RangeMapStore.Result.Failed(String cause) -> {
                        return new Resharding.Unavailable(cause);
                    }
                }
            }
            return commit(next);
        } finally {
            changes.unlock();
        }
    }

    private boolean follow(RangeMapStore shared, @Nullable Published seen, RangeMap inForce) {
        if (seen == null) {
            return false;
        }
        if (seen.text() == null) {
            // the watch tells what came of it
            shared.replace(seen.revision(), RangeMapText.write(inForce));
            return false;
        }
        return switch (RangeMapRule.judge(inForce, seen.text(), tables.shards())) {
            case Verdict.InForce _ -> true;
            case Verdict.Follow(RangeMap map) -> commit(map) instanceof Resharding.Done;
            case Verdict.Refuse(String reason) -> {
                if (alarmedFor != seen.revision()) {
                    alarmedFor = seen.revision();
                    metrics.alarm();
                    log.error(
                            "The published range map of revision {} is refused: {}. The map of generation {} stays in force",
                            seen.revision(),
                            reason,
                            inForce.generation());
                }
                yield false;
            }
        };
    }

    private Resharding commit(RangeMap map) {
        long began = System.nanoTime();
        try {
            return switch (tables.commit(map)) {
                case ShardTables.Commit.Done(long rows) -> {
                    metrics.moved(rows, System.nanoTime() - began);
                    log.info("The range map of generation {} is in force; {} rows were moved", map.generation(), rows);
                    yield new Resharding.Done(map);
                }
                case ShardTables.Commit.Superseded _ -> new Resharding.Conflict();
            };
        } catch (DataAccessException | TransactionException e) {
            log.warn("The range map of generation {} is not in force yet: {}", map.generation(), e.getMessage());
            return new Resharding.Unavailable(
                    "the rows could not be moved in time; transactions that use them are in progress");
        }
    }

    private ShardId freeShard(RangeMap map) {
        return free(map).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no shard without a range"));
    }
}
