package io.orderly.coordinator.consensus;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From proposals to their outcomes among three replicas, on one thread, without network and disk: the cost of the state machine for one
 * batch. Every record is acknowledged at once, and every message is delivered.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ProposeToCommitBenchmark {

    /** Commands that wait when the leader takes its next step; a result is batches per second. */
    @Param({"1", "16", "256"})
    public int batch;

    @Param({"100"})
    public int commandBytes;

    private final List<Replica> replicas = new ArrayList<>();
    private final ArrayDeque<Mail> mail = new ArrayDeque<>();
    private final List<Input> proposals = new ArrayList<>();
    private long applied;
    private int leader;

    private record Mail(int to, Input input) {}

    @Setup(Level.Trial)
    public void elect() {
        Membership membership = Membership.of(1, 2, 3);
        for (NodeId node : membership.voters()) {
            replicas.add(new Replica(
                    node,
                    ConsensusSettings.DEFAULTS,
                    DurableState.empty(membership),
                    new SplittableRandom(node.value())));
            step(node.value(), List.of(new Input.Tick(0)));
        }
        for (long millis = 0; leader == 0; millis += 10) {
            for (int node = 3; node >= 1; node--) {
                step(node, List.of(new Input.Tick(millis * 1_000_000)));
            }
            deliverAll();
            leader = findLeader();
            if (millis > 60_000) {
                throw new IllegalStateException("no leader within a minute");
            }
        }
        for (int i = 0; i < batch; i++) {
            proposals.add(new Input.Propose(i, new byte[commandBytes]));
        }
    }

    @Benchmark
    public long proposeToCommit() {
        long before = applied;
        step(leader, proposals);
        deliverAll();
        if (applied != before + batch) {
            throw new IllegalStateException("%d of %d were decided".formatted(applied - before, batch));
        }
        return applied;
    }

    private int findLeader() {
        for (Replica replica : replicas) {
            if (replica.status().role() == Status.Role.LEADER) {
                return replica.status().node().value();
            }
        }
        return 0;
    }

    private void step(int node, List<Input> inputs) {
        Effects effects = replicas.get(node - 1).step(inputs);
        for (Envelope envelope : effects.messages()) {
            mail.addLast(new Mail(envelope.to().value(), new Input.Received(new NodeId(node), envelope.message())));
        }
        if (!effects.records().isEmpty()) {
            mail.addLast(new Mail(node, new Input.Persisted(effects.persistPoint())));
        }
        for (ReplicaOutcome outcome : effects.outcomes()) {
            applied += outcome instanceof ReplicaOutcome.Applied ? 1 : 0;
        }
        for (SnapshotTask task : effects.snapshotTasks()) {
            if (task instanceof SnapshotTask.Take(long slot, EffectiveMembership effectiveMembership)) {
                mail.addLast(new Mail(node, new Input.SnapshotTaken(new Snapshot(slot, effectiveMembership, 1))));
            }
        }
    }

    private void deliverAll() {
        while (!mail.isEmpty()) {
            Mail next = mail.removeFirst();
            step(next.to(), List.of(next.input()));
        }
    }
}
