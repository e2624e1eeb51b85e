package io.orderly.lab.torture.coordinator;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.simulation.history.TxnCommand;
import io.orderly.coordinator.simulation.history.TxnCommand.Condition;
import io.orderly.coordinator.simulation.history.TxnCommand.Step;
import io.orderly.lab.coordinator.ClusterMember;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A client that reads, writes, deletes and compares keys, on a member chosen at random for each request, of those that accept connections. */
final class KeyClient implements TortureClient {

    /** How etcd, and each program with its API, says that it accepts no data; a request that is refused so has no effect. */
    private static final String NO_SPACE = "etcdserver: mvcc: database space exceeded";

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
    private static final int LONGEST_PAUSE_MILLIS = 50;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

    private static final int READS = 35;
    private static final int PUTS = 25;

    /** Few, because the outcome of an unanswered operation may stay unknown. */
    private static final int DELETES = 2;

    private static final int MOVES = 6;
    private static final int SWAPS = 20;
    private static final int OF = 100;

    private final int number;
    private final List<ClusterMember> members;
    private final KeyGroups groups;
    private final HistoryRecorder history;
    private final Random random;

    /** The last value of the first key of each group that this client received. */
    private final Map<Integer, Long> seen = new HashMap<>();

    KeyClient(int number, List<ClusterMember> members, KeyGroups groups, HistoryRecorder history, long seed) {
        this.number = number;
        this.members = members;
        this.groups = groups;
        this.history = history;
        this.random = new Random(seed);
    }

    @Override
    public void step() throws InterruptedException {
        Optional<ClusterMember> member = ReachableMembers.choose(members, ClusterMember::channel, random);
        if (member.isEmpty()) {
            Thread.sleep(PAUSE_AFTER_FAILURE);
            return;
        }
        request(member.get());
    }

    private void request(ClusterMember member) throws InterruptedException {
        KeyGroups.Use use = groups.next(random);
        int group = use.group();
        TxnCommand command = command(group);
        int operation = history.invoked(number, member.number(), group, command);
        try {
            TxnRequests.Response response = TxnRequests.send(
                    KVGrpc.newBlockingStub(member.channel())
                            .withDeadlineAfter(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS),
                    group,
                    command);
            history.answered(operation, response.result(), response.revision());
            use.answered();
            remember(group, response.result());
            Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
        } catch (StatusRuntimeException e) {
            if (isRefusedForLackOfSpace(e.getStatus())) {
                history.refused(operation, e.getStatus().toString());
                use.answered();
            } else {
                history.unanswered(operation, e.getStatus().toString());
                use.unanswered();
            }
            Thread.sleep(PAUSE_AFTER_FAILURE);
        }
    }

    /** Other refusals for exhausted resources, such as too many requests, have the same code. */
    static boolean isRefusedForLackOfSpace(Status status) {
        return status.getCode() == Status.Code.RESOURCE_EXHAUSTED && NO_SPACE.equals(status.getDescription());
    }

    /** The result of a read is whether the conditions held, followed by the state. */
    private void remember(int group, List<Long> result) {
        if (result.size() == 1 + 2 * KeyGroups.SIZE) {
            seen.keySet().removeIf(older -> older < group - KeyGroups.SIZE);
            seen.put(group, result.get(1));
        }
    }

    private TxnCommand command(int group) {
        int choice = random.nextInt(OF);
        int key = random.nextInt(KeyGroups.SIZE);
        if (choice < READS) {
            return TxnCommand.read(KeyGroups.SIZE);
        }
        if (choice < READS + PUTS) {
            return only(new Step.Put(key, groups.newValue()));
        }
        if (choice < READS + PUTS + DELETES) {
            return only(new Step.Delete(key));
        }
        if (choice < READS + PUTS + DELETES + MOVES) {
            List<Step> move = List.of(new Step.Delete(key), new Step.Put(KeyGroups.SIZE - 1 - key, groups.newValue()));
            return new TxnCommand(KeyGroups.SIZE, List.of(), move, List.of());
        }
        List<Condition> conditions = List.of(new Condition(0, seen.getOrDefault(group, 0L)));
        List<Step> read = List.of(new Step.Read());
        if (choice < READS + PUTS + DELETES + MOVES + SWAPS) {
            List<Step> swap = List.of(new Step.Put(0, groups.newValue()), new Step.Read());
            return new TxnCommand(KeyGroups.SIZE, conditions, swap, read);
        }
        List<Step> both =
                List.of(new Step.Put(0, groups.newValue()), new Step.Put(1, groups.newValue()), new Step.Read());
        return new TxnCommand(KeyGroups.SIZE, conditions, both, read);
    }

    private static TxnCommand only(Step step) {
        return new TxnCommand(KeyGroups.SIZE, List.of(), List.of(step), List.of());
    }
}
