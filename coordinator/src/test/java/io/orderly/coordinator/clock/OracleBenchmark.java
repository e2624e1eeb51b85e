package io.orderly.coordinator.clock;

import io.orderly.coordinator.consensus.ConsensusSettings;
import io.orderly.coordinator.consensus.DurableState;
import io.orderly.coordinator.consensus.EffectiveMembership;
import io.orderly.coordinator.consensus.Effects;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Envelope;
import io.orderly.coordinator.consensus.Input;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Payload;
import io.orderly.coordinator.consensus.Replica;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import io.orderly.coordinator.consensus.Snapshot;
import io.orderly.coordinator.consensus.SnapshotTask;
import io.orderly.coordinator.consensus.Status;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * Timestamps from the oracle on the leader of three replicas, with a quorum round for each batch and raises through the log, on one thread,
 * without network and disk: the cost of the state machines alone. The clock is the system clock, so sustained rates above 65,536 timestamps
 * per millisecond are refused.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class OracleBenchmark {

    /** Timestamps in one range. */
    @Param({"1", "100"})
    public int range;

    /** Requests that wait when a round begins. */
    @Param({"1", "64"})
    public int requests;

    private final List<Replica> replicas = new ArrayList<>();
    private final ArrayDeque<Mail> mail = new ArrayDeque<>();
    private final List<OracleInput> batch = new ArrayList<>();

    /** Inputs for the next step. The response to a raise in advance may arrive after the last request of a batch. */
    private final List<OracleInput> answers = new ArrayList<>();

    private final TimestampOracle oracle = new TimestampOracle(OracleSettings.DEFAULTS);
    private int leader;
    private long bound;
    private long previous;

    private record Mail(int to, Input input) {}

    /** The results of an invocation. */
    @State(Scope.Thread)
    @AuxCounters
    public static class Counted {

        public long timestamps;
        public long refused;
    }

    @Setup(Level.Trial)
    public void elect() {
        Membership membership = Membership.of(1, 2, 3);
        for (NodeId node : membership.voters()) {
            replicas.add(new Replica(
                    node,
                    ConsensusSettings.DEFAULTS,
                    DurableState.empty(membership),
                    new SplittableRandom(node.value())));
            step(node.value(), new Input.Tick(0));
        }
        for (long millis = 0; leader == 0; millis += 10) {
            for (int node = 3; node >= 1; node--) {
                step(node, new Input.Tick(millis * 1_000_000));
            }
            deliverAll();
            replicas.stream()
                    .map(Replica::status)
                    .filter(status -> status.role() == Status.Role.LEADER)
                    .forEach(status -> leader = status.node().value());
        }
        for (int i = 0; i < requests; i++) {
            batch.add(new OracleInput.Requested(i, range));
        }
    }

    @Benchmark
    public void ranges(Counted counted) {
        answers.addAll(batch);
        int open = requests;
        while (open > 0) {
            List<OracleInput> inputs = List.copyOf(answers);
            answers.clear();
            for (OracleEffect effect : oracle.step(System.currentTimeMillis(), inputs)) {
                switch (effect) {
                    case OracleEffect.ConfirmLeadership(long token) -> step(leader, new Input.Read(token));
                    case OracleEffect.RaiseBound(long token, long to) -> {
                        byte[] command = ByteBuffer.allocate(8).putLong(to).array();
                        step(leader, new Input.Propose(token, command));
                    }
                    case OracleEffect.Granted(long _, TimestampRange granted) -> {
                        counted.timestamps += granted.count();
                        open--;
                    }
                    case OracleEffect.Response _ -> {
                        counted.refused++;
                        open--;
                    }
                }
            }
            deliverAll();
        }
    }

    private void step(int node, Input input) {
        Effects effects = replicas.get(node - 1).step(List.of(input));
        for (Envelope envelope : effects.messages()) {
            mail.addLast(new Mail(envelope.to().value(), new Input.Received(new NodeId(node), envelope.message())));
        }
        if (!effects.records().isEmpty()) {
            mail.addLast(new Mail(node, new Input.Persisted(effects.persistPoint())));
        }
        if (node == leader) {
            for (Entry entry : effects.apply()) {
                if (entry.payload() instanceof Payload.Command(byte[] command)) {
                    previous = bound;
                    bound = Math.max(bound, ByteBuffer.wrap(command).getLong());
                }
            }
            for (ReplicaOutcome outcome : effects.outcomes()) {
                answers.add(
                        switch (outcome) {
                            case ReplicaOutcome.Readable(long token, long _) -> new OracleInput.Confirmed(token, bound);
                            case ReplicaOutcome.Applied(long token, long _) ->
                                new OracleInput.Raised(token, previous, bound);
                            default -> throw new IllegalStateException(outcome.toString());
                        });
            }
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
            step(next.to(), next.input());
        }
    }
}
