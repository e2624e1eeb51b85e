package io.orderly.coordinator.consensus;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A few replicas in memory: messages stay in one queue until the test delivers or drops them, disks are lists, and the test advances the
 * time. The election jitter of each node is fixed, so every run is the same.
 */
final class ReplicaCluster {

    static final ConsensusSettings CONFIGURATION = new ConsensusSettings(
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            Duration.ofMillis(30),
            Duration.ofMillis(200),
            Duration.ofMillis(300),
            1_000,
            4_000,
            8,
            4,
            64,
            16_000,
            16,
            4,
            2,
            1_000,
            1_000_000,
            2,
            2);

    /** A message in the queue. */
    record Mail(NodeId from, NodeId to, Message message) {}

    final SortedMap<NodeId, Peer> peers = new TreeMap<>();
    final Deque<Mail> mail = new ArrayDeque<>();
    private final SortedMap<NodeId, Disk> disks = new TreeMap<>();
    private ConsensusSettings settings;
    private final Consumer<String> trace;
    private final Rules rules;
    private long nowMillis;

    ReplicaCluster(ConsensusSettings settings, Rules rules, Consumer<String> trace) {
        this.settings = settings;
        this.rules = rules;
        this.trace = trace;
    }

    static ReplicaCluster of(int voters) {
        ReplicaCluster cluster = new ReplicaCluster(CONFIGURATION, new Rules(), _ -> {});
        Membership membership = membership(voters);
        membership.voters().forEach(node -> cluster.start(node, DurableState.empty(membership)));
        return cluster;
    }

    static Membership membership(int voters) {
        return Membership.of(IntStream.rangeClosed(1, voters).toArray());
    }

    Peer start(NodeId node, DurableState durable) {
        Peer peer = new Peer(node, durable);
        peers.put(node, peer);
        peer.step(new Input.Tick(nowMillis * 1_000_000));
        return peer;
    }

    Peer peer(int node) {
        return Objects.requireNonNull(peers.get(new NodeId(node)), () -> "no node " + node);
    }

    /** Delivers the oldest message; a node that is down does not get it. */
    void deliverNext() {
        Mail next = mail.removeFirst();
        Peer to = peers.get(next.to());
        if (to != null) {
            trace.accept("  %1$s receives %3$s from %2$s"
                    .formatted(next.to(), next.from(), next.message().getClass().getSimpleName()));
            to.step(new Input.Received(next.from(), next.message()));
        }
    }

    /** Delivers the messages that are in the queue now, but not those sent in response. */
    void deliver(Predicate<Mail> passes) {
        for (int i = mail.size(); i > 0; i--) {
            if (passes.test(mail.element())) {
                deliverNext();
            } else {
                mail.removeFirst();
            }
        }
    }

    /** Delivers messages and forces disks until neither is possible without advancing the time. */
    void settle() {
        settle(_ -> true);
    }

    /** As {@link #settle()}, but messages that do not pass are dropped. */
    void settle(Predicate<Mail> passes) {
        for (int i = 0; i < 100_000; i++) {
            Mail next = mail.peekFirst();
            if (next != null && !passes.test(next)) {
                mail.removeFirst();
            } else if (next != null) {
                deliverNext();
            } else if (!forceAll()) {
                return;
            }
        }
        throw new AssertionError("the nodes do not stop sending messages");
    }

    /** Forces the unforced records of each disk that works. */
    boolean forceAll() {
        boolean forced = false;
        for (Peer peer : List.copyOf(peers.values())) {
            forced |= !peer.diskHangs && peer.force();
        }
        return forced;
    }

    void pass(long millis) {
        pass(millis, _ -> true);
    }

    /** Advances the time in steps, and ticks every node at each step. */
    void pass(long millis, Predicate<Mail> passes) {
        for (long end = nowMillis + millis; nowMillis < end; ) {
            nowMillis += 5;
            for (Peer peer : List.copyOf(peers.values())) {
                peer.step(new Input.Tick(nowMillis * 1_000_000));
            }
            settle(passes);
        }
    }

    /** Advances the time and ticks every node, without delivering messages. */
    void clock(long millis) {
        nowMillis += millis;
        for (Peer peer : List.copyOf(peers.values())) {
            peer.step(new Input.Tick(nowMillis * 1_000_000));
        }
    }

    void force(NodeId node) {
        peer(node.value()).force();
    }

    /** Restarts a node from the durable records on its disk; some slots are corrupt. */
    void restart(NodeId node, SortedSet<Long> corruptSlots) {
        Disk disk = disks.get(node);
        start(node, disk.read(disk.initialMembership, corruptSlots));
    }

    /** Applies to nodes that start from now on. */
    void snapshotAfter(int entries) {
        ConsensusSettings c = settings;
        settings = new ConsensusSettings(
                c.heartbeatInterval(),
                c.electionTimeout(),
                c.resendTimeout(),
                c.diskTimeout(),
                c.fetchTimeout(),
                c.maxCommandBytes(),
                c.maxBatchBytes(),
                c.maxBatchEntries(),
                c.maxInFlightBatches(),
                c.maxUndecidedEntries(),
                c.maxUndecidedBytes(),
                c.maxWaitingReads(),
                c.snapshotChunkBytes(),
                c.snapshotChunksInFlight(),
                entries,
                c.snapshotAfterBytes(),
                c.retainedEntries(),
                c.maxLearnerLag());
    }

    Peer leader() {
        for (int i = 0; i < 100; i++) {
            for (Peer peer : peers.values()) {
                if (peer.status().role() == Status.Role.LEADER) {
                    return peer;
                }
            }
            pass(20);
        }
        throw new AssertionError("no leader within two seconds");
    }

    /** One node with its disk, and a state machine that only records the entries it applies. */
    final class Peer {

        final NodeId id;
        final Replica replica;
        final List<Entry> applied = new ArrayList<>();
        final List<ReplicaOutcome> outcomes = new ArrayList<>();
        boolean diskHangs;
        boolean hasSpace = true;
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private final List<DurableRecord> unforced = new ArrayList<>();
        private final Disk disk;
        private long written;
        private long forced;
        private final List<byte[]> parts = new ArrayList<>();

        private Peer(NodeId id, DurableState durable) {
            this.id = id;
            disk = new Disk(durable);
            disks.put(id, disk);
            replica = new Replica(id, settings, durable, new FixedJitter(id), rules);
        }

        Status status() {
            return replica.status();
        }

        /** @return a token that no other request has */
        long propose(String command) {
            long token = outcomes.size() + 1_000L * id.value() + applied.size() + status().last();
            step(new Input.Propose(token, command.getBytes(StandardCharsets.UTF_8)));
            return token;
        }

        void step(Input input) {
            Effects effects = replica.step(input);
            TranscriptLines.of(id, effects).forEach(trace);
            unforced.addAll(effects.records());
            written = effects.persistPoint();
            for (Envelope envelope : effects.messages()) {
                if (envelope.after() <= forced) {
                    mail.addLast(new Mail(id, envelope.to(), envelope.message()));
                } else {
                    waiting.addLast(new Waiting(envelope));
                }
            }
            applied.addAll(effects.apply());
            outcomes.addAll(effects.outcomes());
            List<Input> next = new ArrayList<>();
            effects.snapshotTasks().forEach(task -> perform(task, next));
            next.forEach(this::step);
        }

        boolean force() {
            if (written == forced) {
                return false;
            }
            trace.accept("  %s forces #%d".formatted(id, written));
            unforced.forEach(disk::write);
            unforced.clear();
            forced = written;
            step(new Input.Persisted(forced));
            List<Waiting> ready = waiting.stream()
                    .filter(held -> held.envelope.after() <= forced)
                    .toList();
            waiting.removeAll(ready);
            ready.forEach(held -> mail.addLast(new Mail(id, held.envelope.to(), held.envelope.message())));
            return true;
        }

        private void perform(SnapshotTask task, List<Input> next) {
            switch (task) {
                case SnapshotTask.Take take when !hasSpace -> next.add(new Input.OutOfSpace(take));
                case SnapshotTask.Take(long slot, EffectiveMembership effectiveMembership) -> {
                    disk.snapshot = new Snapshot(slot, effectiveMembership, 10);
                    next.add(new Input.SnapshotTaken(disk.snapshot));
                }
                case SnapshotTask.SendChunk(NodeId to, Ballot ballot, Snapshot snapshot, long offset, int maxBytes) -> {
                    byte[] bytes = new byte[(int) Math.min(maxBytes, snapshot.sizeInBytes() - offset)];
                    mail.addLast(new Mail(id, to, new Message.SnapshotChunk(ballot, snapshot, offset, bytes)));
                }
                case SnapshotTask.StoreChunk(Snapshot _, long offset, byte[] bytes) -> {
                    if (offset == 0) {
                        parts.clear();
                    }
                    parts.add(bytes);
                }
                case SnapshotTask.Delete _ -> {}
                case SnapshotTask.Install(Snapshot snapshot) -> {
                    disk.snapshot = snapshot;
                    next.add(new Input.SnapshotInstalled(snapshot));
                }
            }
        }

        /** Stops the node; what was not forced is lost. */
        void crash() {
            trace.accept("  %s crashes".formatted(id));
            peers.remove(id);
        }
    }

    /** The election jitter of node n is always n tenths of the range, so the timeout of node 1 expires first. */
    private record FixedJitter(NodeId node) implements RandomGenerator {

        @Override
        public long nextLong() {
            return node.value();
        }

        @Override
        public long nextLong(long bound) {
            return bound / 10 * node.value();
        }
    }

    private record Waiting(Envelope envelope) {}

    /** Applies durable records in their order. */
    static final class Disk {

        private final Membership initialMembership;
        private Ballot promised;
        private long lowWaterMark;
        private long commitMark;
        private final TreeMap<Long, Entry> entries = new TreeMap<>();
        private @Nullable Snapshot snapshot;

        Disk(DurableState durable) {
            initialMembership = durable.initialMembership();
            promised = durable.promised();
            lowWaterMark = durable.lowWaterMark();
            commitMark = durable.commitMark();
            snapshot = durable.snapshot();
            durable.entries().forEach(entry -> entries.put(entry.slot(), entry));
        }

        void write(DurableRecord record) {
            switch (record) {
                case DurableRecord.Promised(Ballot ballot) -> promised = ballot;
                case DurableRecord.Accepted(Entry entry) -> entries.put(entry.slot(), entry);
                case DurableRecord.TailCut(long lastKept) ->
                    entries.tailMap(lastKept, false).clear();
                case DurableRecord.CommitMark(long slot) -> commitMark = slot;
                case DurableRecord.LowWaterMark(long slot) -> {
                    lowWaterMark = slot;
                    entries.headMap(slot, true).clear();
                }
            }
        }

        DurableState read(Membership initialMembership, SortedSet<Long> corruptSlots) {
            TreeMap<Long, Ballot> corrupt = new TreeMap<>();
            for (long slot : corruptSlots) {
                corrupt.put(slot, Objects.requireNonNull(entries.remove(slot)).ballot());
            }
            return new DurableState(
                    promised,
                    lowWaterMark,
                    commitMark,
                    List.copyOf(entries.values()),
                    corrupt,
                    snapshot,
                    initialMembership);
        }
    }
}
