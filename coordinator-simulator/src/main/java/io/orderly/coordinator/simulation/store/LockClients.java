package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.lock.FencedLock;
import io.orderly.coordinator.lock.GuardedResource;
import io.orderly.coordinator.lock.StaleTokenException;
import io.orderly.coordinator.queue.EndReason;
import io.orderly.coordinator.queue.QueueEffect;
import io.orderly.coordinator.queue.QueueEntry;
import io.orderly.coordinator.queue.QueueInput;
import io.orderly.coordinator.queue.QueueSettings;
import io.orderly.coordinator.simulation.PropertyViolation;
import io.orderly.coordinator.simulation.RunMetric;
import io.orderly.coordinator.simulation.workload.SimulationContext;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.Revision;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Clients of one lock, which use the guarded resource while they assume that they hold the lock. Some pause for longer than their lease and
 * then continue, and their requests to the resource may be late. Two clients that assume at the same time that they hold the lock are
 * counted; the resource must refuse the lower token.
 */
final class LockClients implements ClientGroup, CommandChecker.Listener {

    static final String EXCLUSIVE = "a lock is not lost while its holder relies on its lease";
    static final String FENCED = "no stale token is accepted";

    private static final String NAME = "k";
    private static final long TICK_MICROS = 100_000;
    private static final long REQUEST_MICROS = 1_000_000;
    private static final long TTL_MILLIS = 1_500;

    /** The uses of the resource that follow one acquisition, each after a pause. */
    private static final int OPERATIONS_PER_HOLD = 6;

    private final SimulationContext context;
    private final StoreWorkload workload;
    private final OperationBudget budget = new OperationBudget();
    private final long thinkMicrosMax;
    private final FencedLock lock = new FencedLock(new QueueSettings(Duration.ofSeconds(2)), NAME);
    private final GuardedResource resource = new GuardedResource(0);
    private final Map<Bytes, Client> holders = new HashMap<>();
    private final List<Client> clients = new ArrayList<>();
    private long highestAccepted;
    private int uses;

    LockClients(SimulationContext context, StoreWorkload workload) {
        this.context = context;
        this.workload = workload;
        thinkMicrosMax = context.random().nextLong(20_000, 150_000);
        workload.checker().add(this);
    }

    @Override
    public void start(int count) {
        for (int i = 1; i <= count; i++) {
            Client client = new Client(i);
            clients.add(client);
            client.open();
        }
    }

    @Override
    public void allow(int moreOperations) {
        budget.allow(moreOperations / OPERATIONS_PER_HOLD);
    }

    /** Uses of the guarded resource are counted, too. */
    @Override
    public int answered() {
        return budget.answeredCount() + uses;
    }

    @Override
    public int unanswered() {
        return budget.unansweredCount();
    }

    @Override
    public String missing() {
        return budget.missing("clients of a lock");
    }

    @Override
    public void revised(Revision revision) {
        for (KeyEvent event : revision.events()) {
            Client holder = holders.get(event.key());
            if (event instanceof KeyEvent.Deleted && holder != null && holder.reliesOnLease()) {
                throw PropertyViolation.safety(EXCLUSIVE, "%s lost %s".formatted(holder.id, event));
            }
        }
    }

    private void use(long token) {
        uses++;
        boolean isStale = token < highestAccepted;
        try {
            resource.use(token, () -> {
                if (isStale) {
                    throw PropertyViolation.safety(FENCED, "token %d after token %d".formatted(token, highestAccepted));
                }
                return true;
            });
            highestAccepted = token;
        } catch (StaleTokenException _) {
            context.count().accept(RunMetric.STALE_TOKENS_REFUSED, 1);
        }
    }

    private final class Client extends SessionClient {

        private final int id;
        private long attempts;
        private @Nullable QueueEntry place;
        private long token;
        private int usesLeft;
        private boolean isInside;
        private final Map<Long, Long> sequenceOf = new HashMap<>();
        private final Map<Long, WatchConnection> watches = new HashMap<>();

        Client(int id) {
            super(LockClients.this.workload, "lo" + id, "lo" + id, thinkMicrosMax, TTL_MILLIS);
            this.id = id;
        }

        boolean reliesOnLease() {
            return place != null && place.isHead() && isKept();
        }

        @Override
        void sessionEnded() {
            step(new QueueInput.SessionEnded());
        }

        /** Joins the queue. */
        @Override
        void begin() {
            if (!budget.begin()) {
                think();
                return;
            }
            QueueEntry fresh = lock.attempt(session(), ++attempts, 1_000 * nowMicros());
            place = fresh;
            sequenceOf.clear();
            holders.put(fresh.key(), this);
            fresh.join().forEach(this::carryOut);
            tick(fresh);
        }

        private void tick(QueueEntry of) {
            if (place == of) {
                step(new QueueInput.Tick(1_000 * nowMicros()));
                context.time().after(TICK_MICROS, () -> tick(of));
            }
        }

        private void step(QueueInput input) {
            if (place != null) {
                place.step(input).forEach(this::carryOut);
            }
        }

        private void carryOut(QueueEffect effect) {
            QueueEntry of = place;
            switch (effect) {
                case QueueEffect.Execute(long request, StoreCommand.Txn command) -> {
                    long number = sequenceOf.computeIfAbsent(request, _ -> nextInSession());
                    StoreCommand sent = new StoreCommand.InSession(session(), number, number, command);
                    this.<StoreResponse>callConcurrently(
                            (server, answer) -> server.execute(sent, answer),
                            nowMicros() + REQUEST_MICROS,
                            answer -> stepIfCurrent(of, new QueueInput.Answered(request, answer)),
                            _ -> stepIfCurrent(of, new QueueInput.Unanswered(request)));
                }
                case QueueEffect.OpenWatch open -> watch(of, open);
                case QueueEffect.CloseWatch(long watch) -> {
                    WatchConnection connection = watches.remove(watch);
                    if (connection != null) {
                        connection.close();
                    }
                }
                case QueueEffect.Acquired acquired -> acquired(acquired.token());
                case QueueEffect.Published _ -> {}
                case QueueEffect.Ended ended -> ended(ended);
            }
        }

        private void stepIfCurrent(@Nullable QueueEntry of, QueueInput input) {
            if (place == of) {
                step(input);
            }
        }

        /** The watch may break at any time. */
        private void watch(@Nullable QueueEntry of, QueueEffect.OpenWatch open) {
            WatchConnection[] self = new WatchConnection[1];
            self[0] = new WatchConnection(context, open.request(), delivery -> {
                self[0].took();
                stepIfCurrent(of, new QueueInput.Watched(open.watch(), delivery));
            });
            watches.put(open.watch(), self[0]);
            context.time().after(context.random().nextLong(1, 10_000_000), () -> {
                if (watches.remove(open.watch(), self[0])) {
                    self[0].close();
                    stepIfCurrent(of, new QueueInput.WatchBroken(open.watch()));
                }
            });
        }

        private void acquired(long acquired) {
            trace(() -> "holds the lock with token " + acquired);
            context.count().accept(RunMetric.LOCKS_ACQUIRED, 1);
            holders.values().stream()
                    .filter(other -> other != this && other.reliesOnLease())
                    .findFirst()
                    .ifPresent(other -> {
                        throw PropertyViolation.safety(
                                EXCLUSIVE,
                                "client %d acquired it with token %d, but client %d relies on it"
                                        .formatted(id, acquired, other.id));
                    });
            if (clients.stream().anyMatch(other -> other != this && other.isInside)) {
                context.count().accept(RunMetric.OVERLAPPING_BELIEFS, 1);
            }
            token = acquired;
            isInside = true;
            usesLeft = context.random().nextInt(1, 4);
            useAfterPause(place);
        }

        /** Checks whether it holds the lock, and then may pause before it uses the guarded resource. */
        private void useAfterPause(@Nullable QueueEntry of) {
            context.time().after(context.random().nextLong(1, 2 * thinkMicrosMax), () -> {
                if (place != of || !reliesOnLease()) {
                    leave(of);
                    return;
                }
                long pause = context.random().nextInt(6) == 0 ? context.random().nextLong(4_000_000) : 1;
                long delay = context.random().nextInt(6) == 0 ? context.random().nextLong(3_000_000) : 1_000;
                long used = token;
                pauseFor(pause);
                context.time().after(pause + delay, () -> use(used));
                context.time().after(pause, () -> {
                    if (--usesLeft > 0) {
                        useAfterPause(of);
                    } else {
                        leave(of);
                    }
                });
            });
        }

        private void leave(@Nullable QueueEntry of) {
            isInside = false;
            stepIfCurrent(of, new QueueInput.Leave());
        }

        private void ended(QueueEffect.Ended ended) {
            trace(() -> "leaves the queue: " + ended.reason());
            if (place != null) {
                holders.remove(place.key());
            }
            place = null;
            List.copyOf(watches.values()).forEach(WatchConnection::close);
            watches.clear();
            switch (ended.reason()) {
                case EndReason.Left _, EndReason.TimedOut _ -> {
                    budget.answered();
                    think();
                }
                case EndReason.SessionEnded _, EndReason.Rejected _ -> {
                    budget.unanswered();
                    context.count().accept(RunMetric.SESSIONS_LOST, 1);
                    open();
                }
            }
        }
    }
}
