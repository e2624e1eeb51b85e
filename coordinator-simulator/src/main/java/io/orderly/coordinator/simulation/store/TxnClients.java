package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.simulation.PropertyViolation;
import io.orderly.coordinator.simulation.history.HistoryEvent;
import io.orderly.coordinator.simulation.history.TxnCommand;
import io.orderly.coordinator.simulation.history.TxnCommand.Condition;
import io.orderly.coordinator.simulation.history.TxnCommand.Step;
import io.orderly.coordinator.simulation.workload.SimulationContext;
import io.orderly.coordinator.simulation.workload.UnansweredOperations;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Compare;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.RangeOptions;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Clients that compare and change small groups of keys. Each has a long session, so that it can retry; requests and responses form a
 * history that is checked for linearizability. A client that has abandoned an operation waits for the response to its next one.
 */
final class TxnClients implements ClientGroup, CommandChecker.Listener {

    private static final int GROUP = 3;
    private static final long PATIENCE_MICROS = 3_000_000;
    static final long TTL_MILLIS = 3_600_000;
    private static final long PAST_REVISIONS_MAX = 40;

    /** Higher than the numbers of other kinds of objects in the same history. */
    private static final int FIRST_OBJECT = 1_000;

    private final SimulationContext context;
    private final StoreWorkload workload;
    private final UnansweredOperations unansweredOperations;
    private final OperationBudget budget = new OperationBudget();
    private final int groups;
    private final long thinkMicrosMax;

    /** Operations by session and sequence number. */
    private final Map<List<Long>, Integer> operationOf = new HashMap<>();

    private final Map<Integer, Integer> clientOf = new HashMap<>();
    private int operations;

    TxnClients(SimulationContext context, StoreWorkload workload) {
        this.context = context;
        this.workload = workload;
        unansweredOperations = new UnansweredOperations(context.time(), workload.history());
        groups = context.random().nextInt(1, 4);
        thinkMicrosMax = context.random().nextLong(50_000, 500_000);
        workload.checker().add(this);
    }

    @Override
    public void start(int clients) {
        for (int i = 1; i <= clients; i++) {
            new Client(i).open();
        }
    }

    @Override
    public void allow(int moreOperations) {
        budget.allow(moreOperations);
    }

    @Override
    public int answered() {
        return budget.answeredCount();
    }

    @Override
    public int unanswered() {
        return budget.unansweredCount();
    }

    @Override
    public String missing() {
        return budget.missing("transactions");
    }

    @Override
    public void settle() {
        unansweredOperations.settle();
    }

    @Override
    public void tookEffect(long session, long sequence) {
        Integer operation = operationOf.get(List.of(session, sequence));
        if (operation != null) {
            unansweredOperations.tookEffect(operation, clientOf.get(operation));
        }
    }

    private static Bytes key(int group, int index) {
        return Bytes.utf8("t/%d/%d".formatted(group, index));
    }

    private static KeyRange keys(int group) {
        return KeyRange.startingWith(Bytes.utf8("t/%d/".formatted(group)));
    }

    private static StoreCommand.Txn toStore(int group, TxnCommand command) {
        return new StoreCommand.Txn(
                command.conditions().stream()
                        .map(one -> one.value() == 0
                                ? Compare.isMissing(key(group, one.key()))
                                : new Compare(
                                        KeyRange.of(key(group, one.key())),
                                        Compare.Relation.EQUAL,
                                        new Compare.Operand.Value(Bytes.utf8(Long.toString(one.value())))))
                        .toList(),
                toStore(group, command.then()),
                toStore(group, command.otherwise()));
    }

    private static List<Operation> toStore(int group, List<Step> steps) {
        List<Operation> operations = new ArrayList<>();
        for (Step step : steps) {
            operations.add(
                    switch (step) {
                        case Step.Put(int key, long value) ->
                            StoreCommand.Put.of(key(group, key), Bytes.utf8(Long.toString(value)));
                        case Step.Delete(int key) -> StoreCommand.DeleteRange.of(key(group, key));
                        case Step.Read _ -> Operation.Range.of(keys(group));
                    });
        }
        return operations;
    }

    private static List<Long> toHistory(StoreResponse.Txn answer) {
        List<Long> received = new ArrayList<>(List.of(answer.succeeded() ? 1L : 0L));
        for (StoreResponse one : answer.answers()) {
            switch (one) {
                case StoreResponse.Range range -> received.addAll(toHistory(range));
                case StoreResponse.DeleteRange delete -> received.add(delete.deleted());
                default -> {}
            }
        }
        return received;
    }

    private static List<Long> toHistory(StoreResponse.Range range) {
        Long[] state = new Long[2 * GROUP];
        Arrays.fill(state, 0L);
        for (KeyValue one : range.keyValues()) {
            String key = one.key().toUtf8();
            int index = Integer.parseInt(key.substring(key.lastIndexOf('/') + 1));
            state[2 * index] = Long.valueOf(one.value().toUtf8());
            state[2 * index + 1] = one.version();
        }
        return List.of(state);
    }

    private final class Client extends StoreClient {

        private final int id;
        private final long session;
        private long sequence;
        private int lastAbandoned;

        /** The last known state of each group, so that conditions are sometimes true. */
        private final Map<Integer, List<Long>> seen = new HashMap<>();

        Client(int id) {
            super(TxnClients.this.workload, "tx" + id, thinkMicrosMax);
            this.id = id;
            session = context.random().nextLong(1, Long.MAX_VALUE);
        }

        /** Both commands are idempotent. */
        void open() {
            this.<StoreResponse>call(
                    (server, answer) -> server.execute(new StoreCommand.LeaseGrant(session, TTL_MILLIS), answer),
                    Long.MAX_VALUE,
                    _ -> this.<StoreResponse>call(
                            (server, answer) -> server.execute(new StoreCommand.SessionOpen(session), answer),
                            Long.MAX_VALUE,
                            _ -> think(),
                            _ -> {}),
                    _ -> {});
        }

        @Override
        void begin() {
            if (!budget.begin()) {
                think();
                return;
            }
            int group = context.random().nextInt(groups);
            if (context.random().nextInt(6) == 0) {
                readThePast(group);
                return;
            }
            boolean reads = context.random().nextInt(4) == 0;
            TxnCommand command = reads ? TxnCommand.read(GROUP) : command(group);
            int operation = ++operations;
            clientOf.put(operation, id);
            long deadline =
                    unansweredOperations.isAbandoned(lastAbandoned) ? Long.MAX_VALUE : nowMicros() + PATIENCE_MICROS;
            workload.history().add(new HistoryEvent.Invoked(operation, id, FIRST_OBJECT + group, command, nowMicros()));
            trace(() -> "requests " + operation + " " + command);
            if (reads) {
                this.<StoreResponse>call(
                        (server, answer) -> server.read(Operation.Range.of(keys(group)), answer),
                        deadline,
                        answer -> {
                            workload.checker().checkRead(Operation.Range.of(keys(group)), answer);
                            StoreResponse.Range range = (StoreResponse.Range) answer;
                            List<Long> received = new ArrayList<>(List.of(1L));
                            received.addAll(toHistory(range));
                            seen.put(group, toHistory(range));
                            received(operation, received);
                        },
                        _ -> gaveUp(operation, false));
            } else {
                long number = ++sequence;
                operationOf.put(List.of(session, number), operation);
                StoreCommand request = new StoreCommand.InSession(session, number, number, toStore(group, command));
                this.<StoreResponse>call(
                        (server, answer) -> server.execute(request, answer),
                        deadline,
                        answer -> {
                            if (!(answer instanceof StoreResponse.Txn txn)) {
                                throw PropertyViolation.safety(
                                        CommandChecker.ONCE, "the response to %s is %s".formatted(request, answer));
                            }
                            received(operation, toHistory(txn));
                        },
                        mayHappen -> gaveUp(operation, mayHappen));
            }
        }

        /** Reads an earlier revision. It never changes, so the read is not part of the history. */
        private void readThePast(int group) {
            long revision = workload.checker().revision() - context.random().nextLong(PAST_REVISIONS_MAX);
            Operation.Range range = new Operation.Range(keys(group), RangeOptions.at(Math.max(1, revision)));
            this.<StoreResponse>call(
                    (server, answer) -> server.read(range, answer),
                    nowMicros() + PATIENCE_MICROS,
                    answer -> {
                        workload.checker().checkRead(range, answer);
                        budget.answered();
                        think();
                    },
                    _ -> {
                        budget.unanswered();
                        think();
                    });
        }

        private void received(int operation, List<Long> result) {
            workload.history().add(new HistoryEvent.Answered(operation, result, nowMicros()));
            trace(() -> "receives " + result + " for " + operation);
            budget.answered();
            think();
        }

        private void gaveUp(int operation, boolean mayHappen) {
            trace(() -> "abandons " + operation);
            unansweredOperations.gaveUp(operation, id, mayHappen);
            if (unansweredOperations.isAbandoned(operation)) {
                lastAbandoned = operation;
            }
            budget.unanswered();
            think();
        }

        private TxnCommand command(int group) {
            List<Long> last = seen.getOrDefault(group, TxnCommand.read(GROUP).initial());
            List<Condition> conditions = new ArrayList<>();
            for (int key = 0; key < GROUP; key++) {
                if (context.random().nextInt(3) == 0) {
                    conditions.add(new Condition(key, last.get(2 * key)));
                }
            }
            return new TxnCommand(GROUP, conditions, steps(), steps());
        }

        /** A transaction writes a key at most once. */
        private List<Step> steps() {
            List<Step> steps = new ArrayList<>();
            for (int key = 0; key < GROUP; key++) {
                switch (context.random().nextInt(4)) {
                    case 0, 1 -> steps.add(new Step.Put(key, context.random().nextInt(1, 1_000)));
                    case 2 -> steps.add(new Step.Delete(key));
                    default -> {}
                }
                if (context.random().nextInt(3) == 0) {
                    steps.add(new Step.Read());
                }
            }
            return steps;
        }
    }
}
