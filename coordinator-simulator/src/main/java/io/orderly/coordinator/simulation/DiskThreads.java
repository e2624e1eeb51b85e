package io.orderly.coordinator.simulation;

import io.orderly.clock.VirtualTime;
import io.orderly.coordinator.consensus.Snapshot;
import io.orderly.coordinator.log.SimulatedDisk;
import io.orderly.coordinator.node.DiskStorage;
import io.orderly.coordinator.node.Node;
import io.orderly.coordinator.node.Storage;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * The threads of a process that use its disk, in virtual time: one writes the log and snapshots and forces them, one reads snapshots
 * for other nodes. The state is restored from a snapshot in turns of the process itself.
 */
final class DiskThreads {

    private static final String SOUND_SNAPSHOT = "a snapshot arrives as it was written";
    private static final long HUNG_DISK_POLL_MICROS = 5_000;
    private static final long FULL_DISK_RETRY_MICROS = 20_000;
    private static final long READ_MICROS_MAX = 200;
    private static final long RESTORE_TURN_MICROS_MAX = 5_000;

    private final NodeProcess process;
    private final Host host;
    private final SimulatedCluster cluster;
    private final VirtualTime time;
    private final RandomGenerator random;
    private final DiskStorage storage;
    private final Node<Object> node;
    private final CheckedMachine machine;

    private boolean isWriting;
    private boolean isReading;
    private boolean isRestoring;

    @FunctionalInterface
    private interface DiskAction {
        void run() throws IOException;
    }

    DiskThreads(
            NodeProcess process,
            Host host,
            SimulatedCluster cluster,
            RandomGenerator random,
            DiskStorage storage,
            Node<Object> node,
            CheckedMachine machine) {
        this.process = process;
        this.host = host;
        this.cluster = cluster;
        time = cluster.time();
        this.random = random;
        this.storage = storage;
        this.node = node;
        this.machine = machine;
    }

    /** Whether all that was to be written is durable. */
    boolean isIdle() {
        return !isWriting && !storage.hasWork();
    }

    /** Begins what there is to do, after a step of the process. */
    void wake() {
        write();
        read();
    }

    private void write() {
        if (isWriting || !process.isAlive() || !storage.hasWork()) {
            return;
        }
        isWriting = true;
        if (attempt(storage::write)) {
            awaitForce();
        }
    }

    private void awaitForce() {
        OptionalLong nanos = host.disk().forceNanos();
        long waitMicros = storage.space().isExhausted() ? FULL_DISK_RETRY_MICROS : 0;
        time.after(nanos.isEmpty() ? HUNG_DISK_POLL_MICROS : waitMicros + nanos.getAsLong() / 1_000, () -> {
            if (nanos.isPresent()) {
                process.run(this::force);
            } else if (process.isAlive()) {
                awaitForce();
            }
        });
    }

    private void force() {
        Storage.ForceResult[] progress = new Storage.ForceResult[1];
        if (attempt(() -> progress[0] = storage.force())) {
            isWriting = false;
            cluster.checker().becameDurable(host.id(), progress[0].durablePoint());
            progress[0].done().forEach(this::observe);
            process.step(() -> attempt(() -> node.handle(progress[0])));
            write();
            process.handleQueued();
            restore();
        }
    }

    private void restore() {
        if (!isRestoring && process.isAlive() && node.isRestoring()) {
            isRestoring = true;
            time.after(random.nextLong(RESTORE_TURN_MICROS_MAX), () -> process.run(this::continueRestoring));
        }
    }

    private void continueRestoring() {
        process.step(() -> attempt(node::restore));
        isRestoring = false;
        write();
        restore();
    }

    private void read() {
        if (!isReading && process.isAlive() && storage.hasReads()) {
            isReading = true;
            time.after(random.nextLong(READ_MICROS_MAX), () -> process.run(this::finishRead));
        }
    }

    private void finishRead() {
        process.step(() -> attempt(() -> storage.read().ifPresent(node::handle)));
        isReading = false;
        write();
        read();
    }

    /** @return whether the process is still alive */
    private boolean attempt(DiskAction action) {
        try {
            action.run();
            return true;
        } catch (SimulatedDisk.PowerLoss e) {
            cluster.count(FaultKind.TORN_WRITE);
        } catch (IOException e) {
            // a machine whose disk has failed is restarted, since its file cache may be wrong
            host.log("disk fails: " + e.getMessage());
        }
        host.dieAndRestart(Host.Death.POWER_LOST);
        return false;
    }

    private void observe(Storage.CompletedTask done) {
        switch (done) {
            case Storage.CompletedTask.Taken _ -> cluster.count(FaultKind.COMPACTION);
            case Storage.CompletedTask.OutOfSpace _ -> cluster.add(RunMetric.SNAPSHOTS_OUT_OF_SPACE, 1);
            case Storage.CompletedTask.Installed installed ->
                machine.installed(installed.snapshot().slot());
            case Storage.CompletedTask.ReceivedCorrupt(Snapshot corrupt) -> {
                if (!host.isFlipped()) {
                    throw PropertyViolation.safety(
                            SOUND_SNAPSHOT, "%s received a corrupt %s".formatted(host.id(), corrupt));
                }
            }
        }
    }
}
