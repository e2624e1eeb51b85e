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
 * Clients that want one lock, and use what it guards while they believe that they hold it. Some stand still for longer than their
 * lease lives and then go on as if nothing had happened, and what they send may be late: that two believe at once is counted, and
 * that the later token wins is checked.
 */
final class LockClients implements ClientGroup, CommandChecker.Listener {

    static final String EXCLUSIVE = "a lock is not lost while its holder counts on its lease";
    static final String FENCED = "no stale token is accepted";

    private static final String NAME = "k";
    private static final long TICK_MICROS = 100_000;
    private static final long REQUEST_MICROS = 1_000_000;
    private static final long TTL_MILLIS = 1_500;

    /** One after the other, and each for a while. */
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

    /** Uses of what the lock guards count, too. */
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
        return budget.missing("clients that want a lock");
    }

    @Override
    public void revised(Revision revision) {
        for (KeyEvent event : revision.events()) {
            Client holder = holders.get(event.key());
            if (event instanceof KeyEvent.Deleted && holder != null && holder.countsOnIt()) {
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
                    throw PropertyViolation.safety(FENCED, "%d after %d".formatted(token, highestAccepted));
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

        boolean countsOnIt() {
            return place != null && place.isHead() && isKept();
        }

        @Override
        void sessionEnded() {
            step(new QueueInput.SessionEnded());
        }

        /** Stands in line. */
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
                    this.<StoreResponse>callAside(
                            (server, answer) -> server.execute(sent, answer),
                            nowMicros() + REQUEST_MICROS,
                            answer -> ifStill(of, new QueueInput.Answered(request, answer)),
                            _ -> ifStill(of, new QueueInput.Unanswered(request)));
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

        private void ifStill(@Nullable QueueEntry of, QueueInput input) {
            if (place == of) {
                step(input);
            }
        }

        /** It may break off at any time. */
        private void watch(@Nullable QueueEntry of, QueueEffect.OpenWatch open) {
            WatchConnection[] self = new WatchConnection[1];
            self[0] = new WatchConnection(context, open.request(), delivery -> {
                self[0].took();
                ifStill(of, new QueueInput.Watched(open.watch(), delivery));
            });
            watches.put(open.watch(), self[0]);
            context.time().after(context.random().nextLong(1, 10_000_000), () -> {
                if (watches.remove(open.watch(), self[0])) {
                    self[0].close();
                    ifStill(of, new QueueInput.WatchBroken(open.watch()));
                }
            });
        }

        private void acquired(long acquired) {
            trace(() -> "holds the lock by token " + acquired);
            context.count().accept(RunMetric.LOCKS_ACQUIRED, 1);
            holders.values().stream()
                    .filter(other -> other != this && other.countsOnIt())
                    .findFirst()
                    .ifPresent(other -> {
                        throw PropertyViolation.safety(
                                EXCLUSIVE,
                                "%d has it by token %d, and %d counts on it".formatted(id, acquired, other.id));
                    });
            if (clients.stream().anyMatch(other -> other != this && other.isInside)) {
                context.count().accept(RunMetric.OVERLAPPING_BELIEFS, 1);
            }
            token = acquired;
            isInside = true;
            usesLeft = context.random().nextInt(1, 4);
            useSoon(place);
        }

        /** It looks whether it holds the lock, and then may stand still before it uses what the lock guards. */
        private void useSoon(@Nullable QueueEntry of) {
            context.time().after(context.random().nextLong(1, 2 * thinkMicrosMax), () -> {
                if (place != of || !countsOnIt()) {
                    leave(of);
                    return;
                }
                long stall = context.random().nextInt(6) == 0 ? context.random().nextLong(4_000_000) : 1;
                long delay = context.random().nextInt(6) == 0 ? context.random().nextLong(3_000_000) : 1_000;
                long used = token;
                standStill(stall);
                context.time().after(stall + delay, () -> use(used));
                context.time().after(stall, () -> {
                    if (--usesLeft > 0) {
                        useSoon(of);
                    } else {
                        leave(of);
                    }
                });
            });
        }

        private void leave(@Nullable QueueEntry of) {
            isInside = false;
            ifStill(of, new QueueInput.Leave());
        }

        private void ended(QueueEffect.Ended ended) {
            trace(() -> "is out of line: " + ended.reason());
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
