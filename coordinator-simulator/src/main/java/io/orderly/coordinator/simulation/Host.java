package io.orderly.coordinator.simulation;

import io.orderly.clock.VirtualTime;
import io.orderly.coordinator.consensus.ConsensusSettings;
import io.orderly.coordinator.consensus.Input;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.MembershipRequest;
import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.log.DataFolder;
import io.orderly.coordinator.log.EntryLocations;
import io.orderly.coordinator.log.FsyncPolicy;
import io.orderly.coordinator.log.LogSettings;
import io.orderly.coordinator.log.NodeIdentity;
import io.orderly.coordinator.log.SimulatedDisk;
import io.orderly.coordinator.log.UnusableFolderException;
import io.orderly.coordinator.simulation.workload.WorkloadServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A machine with a disk and a clock, on which a process runs at times: a node of the production code. */
final class Host {

    private static final UUID CLUSTER = new UUID(7, 7);
    private static final int MAX_FLIPS = 12;

    /** How a process ended. */
    enum Death {
        /** The machine stays up, with its file cache. */
        KILLED,
        POWER_LOST
    }

    private final NodeId id;
    private final SimulatedCluster cluster;
    private final VirtualTime time;
    private final RandomGenerator random;
    private final ConsensusSettings settings;
    private final Membership initial;
    private final SimulatedDisk disk;
    private final NodeIdentity identity;
    private final LogSettings logSettings;

    private @Nullable NodeProcess process;
    private int lives;
    private double clockRate = 1;
    private long clockNanos;
    private boolean paused;
    private boolean appliesSlowly;
    private boolean isMade;
    private boolean flipped;

    /** The last process life in which it has not read the damaged files yet. */
    private int damagedInLife;

    private boolean refuses;
    private boolean gone;

    Host(NodeId id, SimulatedCluster cluster, ConsensusSettings settings, RandomGenerator random, Membership initial) {
        this.id = id;
        this.cluster = cluster;
        this.time = cluster.time();
        this.random = random;
        this.settings = settings;
        this.initial = initial;
        disk = new SimulatedDisk(random);
        identity = new NodeIdentity(CLUSTER, id);
        logSettings = new LogSettings(random.nextLong(1_000, 20_000), random.nextInt(10, 300), FsyncPolicy.ALWAYS);
        clockNanos = random.nextLong(1_000_000_000_000L);
    }

    NodeId id() {
        return id;
    }

    SimulatedDisk disk() {
        return disk;
    }

    boolean isUp() {
        return process != null;
    }

    /** Whether it is removed permanently. */
    boolean isGone() {
        return gone;
    }

    /** Whether the production code refused to start on its files. */
    boolean refuses() {
        return refuses;
    }

    /** Whether bits of its files were flipped and it has not recovered: by a start, or because it has deleted those files. */
    boolean isDamaged() {
        boolean isOver = lives > damagedInLife || !disk.isFlipped();
        if (flipped && isOver && process != null && process.isSound()) {
            flipped = false;
        }
        return flipped || refuses;
    }

    /** Whether no fault affects it. */
    boolean isWell() {
        return isUp() && !paused && !appliesSlowly && clockRate == 1 && disk.isWell() && !isDamaged();
    }

    /** @return null while no process runs */
    @Nullable Status status() {
        return process == null ? null : process.status();
    }

    // faults

    void start() {
        if (process != null || gone || refuses) {
            return;
        }
        try {
            if (!isMade) {
                DataFolder.create(disk, identity, 1, initial, logSettings);
                isMade = true;
            }
            process = new NodeProcess(this, ++lives, cluster, settings, random);
            log("starts");
            process.begin();
        } catch (UnusableFolderException e) {
            log("does not start: " + e.getMessage());
            if (disk.freeBytes() < logSettings.segmentBytes()) {
                // the error requests space, and an operator provides it
                cluster.restartLater(this);
                return;
            }
            if (!flipped) {
                throw PropertyViolation.safety(
                        ClusterChecker.MEMORY, id + " refuses to start on a sound disk: " + e.getMessage());
            }
            refuses = true;
            cluster.administrators().replace(id);
        } catch (SimulatedDisk.PowerLoss e) {
            die(Death.POWER_LOST);
            cluster.restartLater(this);
        } catch (IOException e) {
            log("cannot start: " + e);
            die(Death.KILLED);
            cluster.restartLater(this);
        }
    }

    void die(Death death) {
        log("dies, " + death);
        process = null;
        paused = false;
        cluster.checker().stops(id);
        if (death == Death.POWER_LOST) {
            SimulatedDisk.PowerFailure failure = disk.crash();
            log("disk: " + failure);
        } else {
            disk.kill();
        }
    }

    /** Flips bits, while the process is down or runs. */
    void flip() {
        int bits = random.nextInt(4) == 0 ? random.nextInt(2, MAX_FLIPS) : 1;
        for (int i = 0; i < bits; i++) {
            String where = random.nextBoolean() ? flipInLog() : disk.flipSomewhere();
            log("a bit flips in " + where);
        }
        damaged();
    }

    /**
     * Flips a bit in the value of one entry, while the process is down.
     *
     * @param not this slot
     * @return the slot; 0 if the log has no other value
     */
    long flipEntry(long not) throws IOException {
        List<Map.Entry<Long, EntryLocations.Place>> values = EntryLocations.of(disk, CLUSTER, id).entrySet().stream()
                .filter(value -> value.getKey() != not)
                .toList();
        if (values.isEmpty()) {
            return 0;
        }
        // mostly one of the last, which not all nodes may have
        int last = values.size() - 1;
        var chosen = values.get(random.nextBoolean() ? last : random.nextInt(values.size()));
        EntryLocations.Place place = chosen.getValue();
        long bit = (place.position() + random.nextInt(place.length())) * 8 + random.nextInt(8);
        disk.flip(place.segment(), bit);
        log("a bit flips in the value of slot " + chosen.getKey());
        damaged();
        return chosen.getKey();
    }

    private void damaged() {
        flipped = true;
        damagedInLife = lives;
    }

    /** Flips a bit of its newest snapshot, if it has one. */
    void flipSnapshot() {
        disk.names().stream()
                .filter(name -> name.startsWith("snapshot-") && disk.sizeOf(name) > 0)
                .reduce((_, newest) -> newest)
                .ifPresent(name -> {
                    long bit = random.nextLong(disk.sizeOf(name) * 8L);
                    disk.flip(name, bit);
                    log("a bit flips in " + name + " at byte " + bit / 8);
                    damaged();
                });
    }

    /** In the records, which are most of a log. */
    private @Nullable String flipInLog() {
        List<String> segments = disk.names().stream()
                .filter(name -> name.startsWith("segment-") && disk.sizeOf(name) > 1)
                .toList();
        if (segments.isEmpty()) {
            return disk.flipSomewhere();
        }
        String name = segments.get(random.nextInt(segments.size()));
        int size = disk.sizeOf(name);
        long bit = random.nextLong(size / 2 * 8L, size * 8L);
        disk.flip(name, bit);
        return name + " at byte " + bit / 8;
    }

    void loseDisk() {
        process = null;
        gone = true;
        disk.lose();
        cluster.checker().stops(id);
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        if (process != null) {
            process.resume();
        }
    }

    void clockRate(double rate) {
        clockRate = rate;
    }

    void applySlowly(boolean slowly) {
        appliesSlowly = slowly;
    }

    // for the process on it

    boolean runs(NodeProcess one) {
        return process == one;
    }

    boolean isPaused() {
        return paused;
    }

    boolean appliesSlowly() {
        return appliesSlowly;
    }

    boolean isFlipped() {
        return flipped;
    }

    DataFolder openFolder() throws IOException {
        return DataFolder.open(disk, identity, logSettings);
    }

    long nowNanos() {
        return clockNanos;
    }

    /** @return the time of the clock after this much real time */
    long runClock(long micros) {
        clockNanos += (long) (micros * 1_000 * clockRate);
        return clockNanos;
    }

    void dieAndRestart(Death death) {
        die(death);
        cluster.restartLater(this);
    }

    void log(String what) {
        cluster.trace().add(time.nowMicros(), id.toString(), () -> what);
    }

    // requests

    void receive(NodeId from, Message message) {
        if (process != null) {
            process.take(new Input.Received(from, message));
        }
    }

    /** A request of a client to the server on the node. */
    void receiveRequest(Consumer<WorkloadServer> request) {
        if (process != null) {
            process.receiveRequest(request);
        }
    }

    void change(MembershipRequest request, Consumer<ReplicaOutcome> answer) {
        if (process != null) {
            process.change(request, answer);
        }
    }

    void transferTo(NodeId target) {
        if (process != null) {
            process.transferTo(target);
        }
    }
}
