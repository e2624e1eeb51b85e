package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.simulation.PropertyViolation;
import io.orderly.coordinator.simulation.RunMetric;
import io.orderly.coordinator.simulation.workload.SimulationContext;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Revision;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.coordinator.store.StoreResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Clients with short sessions, which end only because of faults. Every written value is unique, so that the checker can tell that each took
 * effect once, and that the response to a repeated request is that to the first one.
 */
final class SessionClients implements ClientGroup, CommandChecker.Listener {

    private static final long PATIENCE_MICROS = 4_000_000;
    private static final long TTL_MILLIS = 2_000;
    private static final String PREFIX = "s/";

    /** One in this many requests is duplicated, and the duplicate arrives late. */
    private static final int LATE_ONE_IN = 4;

    private static final long LATE_MICROS_MAX = 2_000_000;

    private final SimulationContext context;
    private final StoreWorkload workload;
    private final OperationBudget budget = new OperationBudget();
    private final long thinkMicrosMax;

    /** The revision that wrote a value. */
    private final Map<Bytes, Long> effects = new HashMap<>();

    private int values;

    SessionClients(SimulationContext context, StoreWorkload workload) {
        this.context = context;
        this.workload = workload;
        thinkMicrosMax = context.random().nextLong(50_000, 400_000);
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
        return budget.missing("clients with sessions");
    }

    @Override
    public void revised(Revision revision) {
        for (KeyEvent event : revision.events()) {
            if (event instanceof KeyEvent.Put put && put.key().toUtf8().startsWith(PREFIX)) {
                Long before = effects.putIfAbsent(put.current().value(), revision.number());
                if (before != null) {
                    throw PropertyViolation.safety(
                            CommandChecker.ONCE,
                            "revisions %d and %d both contain %s".formatted(before, revision.number(), put));
                }
            }
        }
    }

    private final class Client extends SessionClient {

        private final Bytes key;

        Client(int id) {
            super(SessionClients.this.workload, "se" + id, "k" + id, thinkMicrosMax, TTL_MILLIS);
            key = Bytes.utf8(PREFIX + id);
        }

        @Override
        void sessionEnded() {
            // the response to its next request says so
        }

        @Override
        void begin() {
            if (!budget.begin()) {
                think();
                return;
            }
            Bytes value = Bytes.utf8(Integer.toString(++values));
            long number = nextInSession();
            StoreCommand request = new StoreCommand.InSession(
                    session(), number, number, new StoreCommand.Put(key, value, 0, false, false, true));
            trace(() -> "asks " + request);
            if (context.random().nextInt(LATE_ONE_IN) == 0) {
                long lateMicros = context.random().nextLong(LATE_MICROS_MAX);
                context.time()
                        .after(lateMicros, () -> sendToAnyNode(context, server -> server.execute(request, _ -> {})));
            }
            this.<StoreResponse>call(
                    (server, answer) -> server.execute(request, answer),
                    nowMicros() + PATIENCE_MICROS,
                    answer -> {
                        trace(() -> "receives " + answer + " for " + request);
                        checkResponse(request, value, answer);
                    },
                    _ -> {
                        budget.unanswered();
                        think();
                    });
        }

        private void checkResponse(StoreCommand request, Bytes value, StoreResponse answer) {
            Long effect = effects.get(value);
            switch (answer) {
                case StoreResponse.Put(long revision, @Nullable KeyValue previous) -> {
                    boolean isTrue = effect != null
                            && effect == revision
                            && Objects.equals(previous, workload.checker().at(revision - 1, key));
                    if (!isTrue) {
                        throw PropertyViolation.safety(
                                CommandChecker.ONCE,
                                "the response to %s is %s, but its effect is in revision %d"
                                        .formatted(request, answer, effect));
                    }
                    budget.answered();
                    context.count().accept(RunMetric.SESSION_COMMANDS, 1);
                    think();
                }
                case StoreResponse.Refused(long _, StoreRefusal.SessionNotFound _) -> {
                    budget.unanswered();
                    context.count().accept(RunMetric.SESSIONS_LOST, 1);
                    open();
                }
                default ->
                    throw PropertyViolation.safety(
                            CommandChecker.ONCE,
                            "the response to %s is %s, but its effect is in revision %d"
                                    .formatted(request, answer, effect));
            }
        }
    }
}
