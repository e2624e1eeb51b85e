package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.simulation.PropertyViolation;
import io.orderly.coordinator.simulation.RunMetric;
import io.orderly.coordinator.simulation.workload.SimulationContext;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.coordinator.watch.WatchResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Clients that watch, some of them slowly, and others that write. A watcher that receives nothing for a while continues on another
 * node, from its last revision. What it receives must equal the log, complete and in order.
 */
final class WatchClients implements ClientGroup {

    static final String COMPLETE = "a watch delivers all events in order";
    static final String COMPACTED = "a watch ends only if its next events are compacted";

    private static final String PREFIX = "w/";
    private static final int KEYS = 5;
    private static final long PATIENCE_MICROS = 2_000_000;
    private static final long SILENCE_MICROS_MAX = 1_200_000;
    private static final long CHECK_MICROS = 300_000;
    private static final long ABSENCE_MICROS_MAX = 4_000_000;

    private final SimulationContext context;
    private final StoreWorkload workload;
    private final OperationBudget budget = new OperationBudget();
    private final long thinkMicrosMax;
    private final List<Watcher> watchers = new ArrayList<>();

    WatchClients(SimulationContext context, StoreWorkload workload) {
        this.context = context;
        this.workload = workload;
        thinkMicrosMax = context.random().nextLong(30_000, 300_000);
    }

    @Override
    public void start(int clients) {
        for (int i = 1; i <= clients; i++) {
            new Writer("ww" + i).think();
            Watcher watcher = new Watcher("wa" + i);
            watchers.add(watcher);
            watcher.connect();
            watcher.checkConnection();
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
        String writers = budget.missing("writers");
        return writers.isEmpty()
                ? watchers.stream()
                        .filter(watcher -> watcher.next <= workload.checker().revision())
                        .findFirst()
                        .map(watcher -> "a watch has delivered %d of %d revisions"
                                .formatted(watcher.next - 1, workload.checker().revision()))
                        .orElse("")
                : writers;
    }

    private Bytes anyKey() {
        return Bytes.utf8(PREFIX + context.random().nextInt(KEYS));
    }

    private final class Writer extends StoreClient {

        private int values;

        Writer(String name) {
            super(WatchClients.this.workload, name, thinkMicrosMax);
        }

        private StoreCommand.Put put(Bytes key) {
            return StoreCommand.Put.of(
                    key, Bytes.utf8("v".repeat(context.random().nextInt(12)) + ++values));
        }

        private StoreCommand command() {
            Bytes one = anyKey();
            Bytes other = anyKey();
            return switch (context.random().nextInt(5)) {
                case 0, 1 -> put(one);
                case 2 -> StoreCommand.DeleteRange.of(one);
                case 3 -> new StoreCommand.DeleteRange(new KeyRange(one, other), true);
                default -> {
                    List<Operation> operations = new ArrayList<>(List.of(put(one)));
                    if (!one.equals(other)) {
                        operations.add(
                                context.random().nextBoolean() ? put(other) : StoreCommand.DeleteRange.of(other));
                    }
                    yield new StoreCommand.Txn(List.of(), operations, List.of());
                }
            };
        }

        @Override
        void begin() {
            if (!budget.begin()) {
                think();
                return;
            }
            StoreCommand command = command();
            this.<StoreResponse>call(
                    (server, answer) -> server.execute(command, answer),
                    nowMicros() + PATIENCE_MICROS,
                    _ -> {
                        budget.answered();
                        think();
                    },
                    _ -> {
                        budget.unanswered();
                        think();
                    });
        }
    }

    private final class Watcher {

        private final String name;
        private final KeyRange keys;
        private final boolean puts;
        private final boolean deletes;
        private final boolean previous;
        private final long paceMicrosMax;
        private final boolean mayLeave;

        /** All lower revisions were delivered. */
        private long next;

        /** The events so far of a revision that is delivered in fragments. */
        private final List<KeyEvent> parts = new ArrayList<>();

        private @Nullable WatchConnection connection;
        private long receivedMicros;

        Watcher(String name) {
            this.name = name;
            keys = switch (context.random().nextInt(3)) {
                case 0 -> KeyRange.of(anyKey());
                case 1 -> KeyRange.ALL;
                default -> KeyRange.startingWith(Bytes.utf8(PREFIX));
            };
            int filter = context.random().nextInt(4);
            puts = filter != 0;
            deletes = filter != 1;
            previous = context.random().nextBoolean();
            paceMicrosMax = context.random().nextBoolean() ? 2_000 : 150_000;
            mayLeave = context.random().nextBoolean();
            next = 2;
        }

        private void trace(String what) {
            context.trace().add(context.time().nowMicros(), name, () -> what);
        }

        /** Connects to another node if it has received nothing for a while, and sometimes disconnects for a while. */
        void checkConnection() {
            if (!mayLeave || context.random().nextInt(20) != 0) {
                if (context.time().nowMicros() - receivedMicros > SILENCE_MICROS_MAX) {
                    connect();
                }
                context.time().after(context.random().nextLong(1, CHECK_MICROS), this::checkConnection);
                return;
            }
            leave();
            context.time().after(context.random().nextLong(1, ABSENCE_MICROS_MAX), () -> {
                connect();
                checkConnection();
            });
        }

        void connect() {
            leave();
            parts.clear();
            receivedMicros = context.time().nowMicros();
            WatchRequest request = new WatchRequest(keys, next, puts, deletes, previous, true, true);
            connection = new WatchConnection(context, request, this::receive);
            trace("watches at " + connection.node() + ": " + request);
        }

        private void leave() {
            if (connection != null) {
                connection.close();
            }
        }

        private void receive(WatchResponse delivery) {
            receivedMicros = context.time().nowMicros();
            trace("receives " + delivery);
            context.count().accept(RunMetric.WATCH_DELIVERIES, 1);
            switch (delivery) {
                case WatchResponse.Events(long revision, List<KeyEvent> events, boolean more) -> {
                    parts.addAll(events);
                    if (!more) {
                        receiveRevision(revision, List.copyOf(parts));
                        parts.clear();
                    }
                }
                case WatchResponse.Progress(long revision) -> receiveRevision(revision, List.of());
                case WatchResponse.Compacted(long compacted) -> {
                    if (compacted <= next || compacted > workload.checker().compacted()) {
                        throw PropertyViolation.safety(
                                COMPACTED,
                                "%s at %d received %s, but the log is compacted up to %d"
                                        .formatted(
                                                name,
                                                next,
                                                delivery,
                                                workload.checker().compacted()));
                    }
                    context.count().accept(RunMetric.WATCHES_COMPACTED, 1);
                    next = compacted;
                    connect();
                    return;
                }
            }
            WatchConnection current = connection;
            context.time().after(context.random().nextLong(1, paceMicrosMax), current::took);
        }

        /** Receives the events of a revision, or the information that there are none up to it. */
        private void receiveRevision(long revision, List<KeyEvent> delivered) {
            if (revision > workload.checker().revision()) {
                throw violation(
                        revision,
                        delivered,
                        "the newest is " + workload.checker().revision());
            }
            if (revision < next && !delivered.isEmpty()) {
                throw violation(revision, delivered, "it had received revision %d already".formatted(next - 1));
            }
            for (; next <= revision; next++) {
                List<KeyEvent> expected = workload.checker().revision(next).events().stream()
                        .filter(this::isSelected)
                        .toList();
                if (!isSame(expected, next == revision ? delivered : List.of())) {
                    throw violation(revision, delivered, "revision %d is %s".formatted(next, expected));
                }
            }
        }

        private PropertyViolation violation(long revision, List<KeyEvent> delivered, String but) {
            return PropertyViolation.safety(
                    COMPLETE, "%s received revision %d: %s, but %s".formatted(name, revision, delivered, but));
        }

        private boolean isSelected(KeyEvent event) {
            return keys.contains(event.key()) && (event instanceof KeyEvent.Put ? puts : deletes);
        }

        private boolean isSame(List<KeyEvent> expected, List<KeyEvent> delivered) {
            if (expected.size() != delivered.size()) {
                return false;
            }
            for (int i = 0; i < delivered.size(); i++) {
                if (!bare(expected.get(i)).equals(bare(delivered.get(i)))
                        || !isPrevious(
                                expected.get(i).previous(), delivered.get(i).previous())) {
                    return false;
                }
            }
            return true;
        }

        private static KeyEvent bare(KeyEvent event) {
            return switch (event) {
                case KeyEvent.Put put -> new KeyEvent.Put(put.current(), null);
                case KeyEvent.Deleted deleted -> new KeyEvent.Deleted(deleted.key(), deleted.modRevision(), null);
            };
        }

        /** The previous version is delivered only if it was requested and is not compacted. */
        private boolean isPrevious(@Nullable KeyValue expected, @Nullable KeyValue delivered) {
            boolean mayBeGone = !previous
                    || Optional.ofNullable(expected)
                            .filter(one ->
                                    one.modRevision() <= workload.checker().compacted())
                            .isPresent();
            return delivered == null ? expected == null || mayBeGone : previous && Objects.equals(expected, delivered);
        }
    }
}
