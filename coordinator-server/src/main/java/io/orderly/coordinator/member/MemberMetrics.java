package io.orderly.coordinator.member;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.orderly.coordinator.consensus.Effects;
import io.orderly.coordinator.consensus.InvariantViolation;
import io.orderly.coordinator.consensus.ReplicaEvent;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.log.RecoveryReport;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The metrics and logs of a member. Thread-safe. */
final class MemberMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(MemberMetrics.class);
    private static final String PREFIX = "orderly.coordinator.";

    private final MeterRegistry meters;
    private final Counter rounds;
    private final Counter elected;
    private final Counter steppedDown;
    private final Counter leaderLosses;
    private final Counter corruptFound;
    private final Counter corruptRepaired;
    private final Counter splitBrain;
    private final Counter dropped;
    private final Timer fsync;

    /** Whether this member knows a leader that is another one. Used by the loop. */
    private boolean follows;

    MemberMetrics(MeterRegistry meters) {
        this.meters = meters;
        rounds = counter("consensus.rounds", "Elections that this member has begun");
        elected = counter("consensus.elected", "Elections that this member has won");
        steppedDown = counter("consensus.stepped.down", "How often this member has stopped leading");
        leaderLosses =
                counter("node.failures", "How often this member has asked for votes because its leader was silent");
        corruptFound = counter("corrupt.found", "Corrupt records and snapshots that were found");
        corruptRepaired = counter("corrupt.repaired", "Corrupt entries that were replaced");
        splitBrain = counter("split.brain.events", "Violated invariants of consensus; the process ends with the first");
        dropped = counter("peer.messages.dropped", "Messages of peers that were dropped, because too many waited");
        fsync = Timer.builder(PREFIX + "fsync")
                .description("Time to write and force one batch of the log")
                .publishPercentileHistogram()
                .register(meters);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(PREFIX + name).description(description).register(meters);
    }

    /** Records the result of opening the folder. */
    void recovered(RecoveryReport report) {
        corruptFound.increment(report.corruptRecords() + report.corruptSnapshots());
        LOG.info(
                "opened the data folder: {} entries after slot {}, {} torn bytes cut off, corrupt: {} records, {} snapshots, slots {} to be repaired",
                report.state().entries().size(),
                report.state().lowWaterMark(),
                report.tornBytes(),
                report.corruptRecords(),
                report.corruptSnapshots(),
                report.state().corruptSlots());
    }

    void stepped(Effects effects) {
        effects.events().forEach(this::happened);
    }

    void happened(ReplicaEvent event) {
        switch (event) {
            case ReplicaEvent.PreVoting _ -> {
                if (follows) {
                    leaderLosses.increment();
                }
                follows = false;
            }
            case ReplicaEvent.Preparing _ -> {
                rounds.increment();
                follows = false;
            }
            case ReplicaEvent.BecameLeader _ -> elected.increment();
            case ReplicaEvent.SteppedDown _ -> steppedDown.increment();
            case ReplicaEvent.Following following -> follows = following.leader() != null;
            case ReplicaEvent.SlotRepaired _ -> corruptRepaired.increment();
            case ReplicaEvent.SnapshotCorrupt _ -> corruptFound.increment();
            case ReplicaEvent.TailCut _,
                    ReplicaEvent.MembershipDecided _,
                    ReplicaEvent.SnapshotFetching _,
                    ReplicaEvent.SnapshotInstalled _ -> {}
        }
        // repeated while there is no quorum
        LOG.atLevel(event instanceof ReplicaEvent.PreVoting ? Level.DEBUG : Level.INFO)
                .log("{}", event);
    }

    void forced(long nanos) {
        fsync.record(nanos, TimeUnit.NANOSECONDS);
    }

    void dropped() {
        dropped.increment();
    }

    void failed(Throwable failure) {
        if (failure instanceof InvariantViolation) {
            splitBrain.increment();
        }
    }

    /** Gauges of the threads, read on request. */
    void observe(MemberThreads threads) {
        gauge(threads, "replication.lag", "Slots that are accepted here and not applied", one -> lag(one.status()));
        gauge(
                threads,
                "slot.applied",
                "The last slot that was applied",
                one -> one.status().applied());
        gauge(
                threads,
                "slot.committed",
                "The last slot that is known as decided",
                one -> one.status().commit());
        gauge(
                threads,
                "slot.last",
                "The last slot with an entry",
                one -> one.status().last());
        gauge(threads, "revision", "The newest revision", MemberThreads::revision);
        gauge(
                threads,
                "leader",
                "1 while this member leads",
                one -> one.status().role() == Status.Role.LEADER ? 1 : 0);
        gauge(
                threads,
                "proposals",
                "Undecided proposals of this member",
                one -> one.status().undecided());
        gauge(threads, "watches", "Watches that this member serves", MemberThreads::watches);
        gauge(threads, "queue.events", "Events that wait for the loop", MemberThreads::waitingEvents);
        gauge(threads, "queue.requests", "Requests of clients that are not answered", MemberThreads::pendingRequests);
        gauge(threads, "queue.reads", "Large reads that wait", MemberThreads::waitingReads);
        gauge(
                threads,
                "corrupt.slots",
                "Corrupt entries that wait for repair",
                one -> one.status().corruptSlots().size());
        gauge(
                threads,
                "state.differing",
                "Members whose state is not what the log leads to",
                one -> one.differing().size());
        gauge(threads, "state.comparisons", "Hashes of other members that were compared", MemberThreads::comparisons);
        gauge(threads, "disk.free", "Free bytes of the disk", MemberThreads::freeDiskBytes);
        gauge(threads, "disk.low", "1 while commands that add data are refused", one -> one.isDiskLow() ? 1 : 0);
        gauge(threads, "disk.log", "Bytes of the log on disk", MemberThreads::logBytes);
        gauge(threads, "disk.snapshots", "Bytes of the newest snapshot on disk", MemberThreads::snapshotBytes);
    }

    private static long lag(Status status) {
        return Math.max(status.last(), status.commit()) - status.applied();
    }

    private void gauge(MemberThreads threads, String name, String description, ToDoubleFunction<MemberThreads> value) {
        Gauge.builder(PREFIX + name, threads, value).description(description).register(meters);
    }
}
