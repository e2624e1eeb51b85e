package io.orderly.lab.torture.coordinator;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.PutRequest;
import io.orderly.coordinator.api.etcd.RangeRequest;
import io.orderly.lab.coordinator.ClusterMember;
import io.orderly.lab.coordinator.CoordinatorCluster;
import io.orderly.lab.coordinator.ServerProgram;
import io.orderly.stack.coordinator.Product;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Runs clients and faults against a new cluster, waits until all members serve again, and checks the responses that the clients received.
 */
final class CoordinatorTorture {

    private static final int KEY_CLIENTS = 10;
    private static final int LOCK_CLIENTS = 4;
    private static final int TIMESTAMP_CLIENTS = 3;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

    /** A lease may live longer by an election and by what the servers round up. */
    private static final Duration LEASE_SLACK = Duration.ofSeconds(12);

    private static final Duration LONGEST_EXTENSION = Duration.ofSeconds(60);

    private static final ByteString PROBE = ByteString.copyFromUtf8("torture-probe");

    private final CoordinatorTorturePlan plan;
    private final PrintStream out;
    private final HoldRecorder holds = new HoldRecorder();
    private final List<RealTimeOrder.Numbers> timestamps = Collections.synchronizedList(new ArrayList<>());
    private final List<String> problems = Collections.synchronizedList(new ArrayList<>());

    CoordinatorTorture(CoordinatorTorturePlan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /** @param folder for the members' data and the recorded history */
    CoordinatorTortureReport run(ServerProgram program, Path folder) throws IOException, InterruptedException {
        try (CoordinatorCluster cluster =
                CoordinatorCluster.startBehindProxies(program, folder.resolve("members"), plan.seed())) {
            out.printf("Three members of %s are ready; data and logs are in %s%n", program.product(), cluster.folder());
            Path file = folder.resolve("history.jsonl");
            ClusterFaults faults = new ClusterFaults(cluster, plan.seed(), out);
            HistoryRecorder history = new HistoryRecorder(file);
            Duration timeToProgress;
            try (history) {
                timeToProgress = torture(cluster, faults, history);
            }
            out.printf("The history is in %s%n", file);
            return judge(cluster, faults, history, timeToProgress);
        }
    }

    private Duration torture(CoordinatorCluster cluster, ClusterFaults faults, HistoryRecorder history)
            throws InterruptedException {
        AtomicBoolean isOver = new AtomicBoolean();
        List<Thread> threads = clients(cluster, history).stream()
                .map(client ->
                        Thread.ofVirtual().name("client").start(() -> repeat(client, isOver, this::clientFailed)))
                .toList();
        try {
            faults.run(plan.time());
            Duration timeToProgress = timeToProgress(cluster);
            awaitOperations(cluster, history);
            isOver.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
            return timeToProgress;
        } finally {
            isOver.set(true);
            threads.forEach(Thread::interrupt);
        }
    }

    /** If restarts took most of the time, clients continue until there are enough operations to check. */
    private void awaitOperations(CoordinatorCluster cluster, HistoryRecorder history) throws InterruptedException {
        long startNanos = System.nanoTime();
        while (!isEnough(cluster, history) && System.nanoTime() - startNanos < LONGEST_EXTENSION.toNanos()) {
            Thread.sleep(POLL);
        }
    }

    private boolean isEnough(CoordinatorCluster cluster, HistoryRecorder history) {
        return history.answered() >= plan.leastOperations()
                && holds.fencingTokens() >= plan.leastHolds()
                && (cluster.program().product() != Product.ORDERLY || !timestamps.isEmpty());
    }

    private List<TortureClient> clients(CoordinatorCluster cluster, HistoryRecorder history) {
        Random seeds = new Random(plan.seed());
        KeyGroups groups = new KeyGroups();
        List<ManagedChannel> channels =
                cluster.members().stream().map(ClusterMember::channel).toList();
        List<TortureClient> clients = new ArrayList<>();
        for (int i = 0; i < KEY_CLIENTS; i++) {
            clients.add(new KeyClient(i, cluster.members(), groups, history, seeds.nextLong()));
        }
        for (int i = 0; i < LOCK_CLIENTS; i++) {
            clients.add(new LockClient(i, channels, holds, seeds.nextLong()));
        }
        if (cluster.program().product() == Product.ORDERLY) {
            for (int i = 0; i < TIMESTAMP_CLIENTS; i++) {
                clients.add(new TimestampClient(cluster.members(), timestamps::add, seeds.nextLong()));
            }
        }
        return clients;
    }

    /** @param failures receives what a client threw; that client then stops */
    static void repeat(TortureClient client, AtomicBoolean isOver, Consumer<Throwable> failures) {
        try {
            while (!isOver.get()) {
                client.step();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failures.accept(e);
        }
    }

    /** A failed client is a problem: it has not recorded its last operation, and an invalid response may be the cause. */
    private void clientFailed(Throwable failure) {
        problems.add("a client failed: " + failure);
        failure.printStackTrace(out);
    }

    /** Waits until every member accepts a write and answers a linearizable read. */
    private Duration timeToProgress(CoordinatorCluster cluster) throws InterruptedException {
        long startNanos = System.nanoTime();
        for (ClusterMember member : cluster.members()) {
            while (!serves(member)) {
                if (System.nanoTime() - startNanos > plan.progressBound().toNanos()) {
                    problems.add("%s serves no requests %d s after the last fault"
                            .formatted(member, plan.progressBound().toSeconds()));
                    break;
                }
                Thread.sleep(POLL);
            }
        }
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    private static boolean serves(ClusterMember member) {
        KVGrpc.KVBlockingStub stub = KVGrpc.newBlockingStub(member.channel())
                .withDeadlineAfter(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        try {
            stub.put(PutRequest.newBuilder().setKey(PROBE).setValue(PROBE).build());
            return stub.range(RangeRequest.newBuilder().setKey(PROBE).build()).getCount() == 1;
        } catch (StatusRuntimeException notYet) {
            return false;
        }
    }

    private CoordinatorTortureReport judge(
            CoordinatorCluster cluster, ClusterFaults faults, HistoryRecorder history, Duration timeToProgress)
            throws InterruptedException {
        awaitEndOfLeases(cluster);
        List<LogEvent> log = DurableLog.read(cluster.members().getFirst());
        for (ClusterMember member : cluster.members()) {
            if (!DurableLog.read(member).equals(log)) {
                problems.add("%s has other changes than %s"
                        .formatted(member, cluster.members().getFirst()));
            }
        }
        problems.addAll(cluster.unexpectedExits());
        Hold.overlap(holds.holds()).ifPresent(one -> problems.add("two clients held a lock: " + one));
        Hold.staleToken(holds.holds()).ifPresent(one -> problems.add("fencing tokens did not increase: " + one));
        RealTimeOrder.violation(List.copyOf(timestamps))
                .ifPresent(one -> problems.add("timestamps repeated or went back: " + one));
        return new CoordinatorTortureReport(
                plan,
                cluster.program().product(),
                faults.counts(),
                faults.ofLeaders(),
                history.unanswered(),
                history.refused(),
                holds.holds().size(),
                holds.fencingTokens(),
                holds.forgotten(),
                timestamps.size(),
                HistoryVerdict.of(new ResolvedHistory(history.events(), log)),
                List.copyOf(problems),
                timeToProgress);
    }

    /** All clients have ended, so every lease that was not revoked ends, and its locks with it. */
    private void awaitEndOfLeases(CoordinatorCluster cluster) throws InterruptedException {
        Duration bound = Duration.ofSeconds(LockClient.TTL).plus(LEASE_SLACK);
        long startNanos = System.nanoTime();
        while (mayHoldLocks(cluster)) {
            if (System.nanoTime() - startNanos > bound.toNanos()) {
                problems.add("locks are still held %d s after their clients ended".formatted(bound.toSeconds()));
                return;
            }
            Thread.sleep(POLL);
        }
    }

    private static boolean mayHoldLocks(CoordinatorCluster cluster) {
        RangeRequest count = RangeRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8(LockClient.PREFIX))
                .setRangeEnd(ByteString.copyFromUtf8("torture-lock0"))
                .setCountOnly(true)
                .build();
        try {
            return KVGrpc.newBlockingStub(cluster.members().getFirst().channel())
                            .withDeadlineAfter(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                            .range(count)
                            .getCount()
                    > 0;
        } catch (StatusRuntimeException notKnown) {
            return true;
        }
    }
}
