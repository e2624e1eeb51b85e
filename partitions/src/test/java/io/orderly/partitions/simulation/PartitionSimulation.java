package io.orderly.partitions.simulation;

import io.orderly.partitions.AssignerEffect;
import io.orderly.partitions.PartitionId;
import io.orderly.partitions.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * One run: faults for a minute of virtual time, then none. Whenever an instance acquires a partition, no other works on it with a valid lease;
 * that is the only moment at which a second could begin. The same seed gives the same run.
 */
final class PartitionSimulation {

    private static final int INSTANCES = 5;
    private static final long FAULTS_MILLIS = 60_000;

    private final RandomGenerator random;
    private final Breakage breakage;
    private final VirtualTime time = new VirtualTime();
    private final ModelStore store = new ModelStore();
    private final GuardedDatabase database;
    private final List<SimulatedInstance> instances;
    private final Map<PartitionId, Long> lastTokens = new HashMap<>();
    private long awayUntil;
    private long acquisitions;
    private boolean balanced;

    /**
     * What a run did.
     *
     * @param acquisitions how often an instance acquired a partition
     * @param accepted writes by the database
     * @param refused writes by the database, because of their token
     * @param recoveryMillis from the last fault until all partitions were owned and balanced
     */
    record Result(long acquisitions, long accepted, long refused, long recoveryMillis) {}

    PartitionSimulation(long seed, Breakage breakage) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.breakage = breakage;
        database = new GuardedDatabase(breakage != Breakage.TOKEN_NOT_CHECKED);
        instances = IntStream.range(0, INSTANCES)
                .mapToObj(number -> new SimulatedInstance(this, number))
                .toList();
    }

    /**
     * @param boundMillis the longest recovery
     * @throws AssertionError if an invariant does not hold
     */
    Result run(long boundMillis) {
        instances.forEach(SimulatedInstance::start);
        everyFiftyMillis();
        time.after(random.nextInt(3_000), this::fault);
        while (!balanced) {
            time.step();
            if (time.now() > FAULTS_MILLIS + boundMillis) {
                throw new AssertionError("not balanced %d ms after the last fault".formatted(boundMillis));
            }
        }
        return new Result(acquisitions, database.accepted(), database.refused(), time.now() - FAULTS_MILLIS);
    }

    VirtualTime time() {
        return time;
    }

    RandomGenerator random() {
        return random;
    }

    ModelStore store() {
        return store;
    }

    GuardedDatabase database() {
        return database;
    }

    boolean breaks(Breakage rule) {
        return breakage == rule;
    }

    /** Sends a request; it, or its response, may be lost or late. */
    <T> void request(Supplier<T> inStore, Consumer<T> response) {
        time.after(delayMillis(), () -> {
            if (time.now() < awayUntil || isLost()) {
                return;
            }
            T result = inStore.get();
            if (!isLost()) {
                time.after(delayMillis(), () -> response.accept(result));
            }
        });
    }

    Snapshot read() {
        return switch (breakage) {
            case RELEASE_NOT_AWAITED -> store.snapshotWithoutAcknowledgements();
            case MEMBERS_READ_EARLIER -> store.snapshotWithEarlierMembers(random.nextInt(20));
            case NONE, TOKEN_NOT_CHECKED, LEASE_NOT_CHECKED -> store.snapshot();
        };
    }

    void propose(AssignerEffect.Propose propose) {
        request(
                () -> {
                    boolean stored = store.replaceMap(propose.expectedMapRevision(), propose.map());
                    if (stored) {
                        notifyWatches(store.snapshot());
                    }
                    return stored;
                },
                _ -> {});
    }

    /** The time that a write takes to the database; one in two hundred takes as long as a pause. */
    long writeDelayMillis() {
        return random.nextInt(200) == 0 ? random.nextInt(2 * (int) ModelStore.TTL_MILLIS) : random.nextInt(20);
    }

    void acquired(PartitionId partition, long token) {
        acquisitions++;
        Long before = lastTokens.put(partition, token);
        if (before != null && before >= token) {
            throw new AssertionError("partition %s: token %d after %d".formatted(partition, token, before));
        }
        long owners = instances.stream()
                .filter(instance -> instance.worksOn(partition))
                .count();
        if (owners > 1) {
            throw new AssertionError(
                    "partition %s: %d instances work on it with a valid lease".formatted(partition, owners));
        }
    }

    /** Each watch gets the map late, some get it again. */
    private void notifyWatches(Snapshot snapshot) {
        for (SimulatedInstance instance : instances) {
            for (int times = random.nextInt(3); times > 0; times--) {
                time.after(random.nextInt(1_000), () -> instance.watched(snapshot.mapRevision(), snapshot.mapText()));
            }
        }
    }

    private void everyFiftyMillis() {
        if (time.now() >= awayUntil) {
            store.expire(time.now());
        }
        balanced = time.now() >= FAULTS_MILLIS && isBalanced();
        time.after(50, this::everyFiftyMillis);
    }

    private void fault() {
        if (time.now() >= FAULTS_MILLIS) {
            return;
        }
        SimulatedInstance instance = instances.get(random.nextInt(INSTANCES));
        switch (random.nextInt(4)) {
            case 0, 1 -> instance.pause(left(random.nextInt(2 * (int) ModelStore.TTL_MILLIS)));
            case 2 -> awayUntil = time.now() + left(random.nextInt(5_000));
            default -> {
                if (instance.isUp()) {
                    instance.crash();
                    time.after(left(random.nextInt(8_000)), instance::start);
                }
            }
        }
        time.after(300 + random.nextInt(3_000), this::fault);
    }

    /** A duration that ends with the time of faults. */
    private long left(long millis) {
        return Math.min(millis, FAULTS_MILLIS - time.now());
    }

    private long delayMillis() {
        return random.nextInt(10) == 0 ? random.nextInt(500) : 1 + random.nextInt(10);
    }

    private boolean isLost() {
        return time.now() < FAULTS_MILLIS && random.nextInt(20) == 0;
    }

    private boolean isBalanced() {
        int fewest =
                instances.stream().mapToInt(SimulatedInstance::writable).min().orElseThrow();
        int all = instances.stream().mapToInt(SimulatedInstance::writable).sum();
        return all == PartitionId.COUNT && fewest == PartitionId.COUNT / INSTANCES;
    }
}
