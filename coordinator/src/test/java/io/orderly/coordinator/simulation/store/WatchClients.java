package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.simulation.BrokenPromise;
import io.orderly.coordinator.simulation.Figure;
import io.orderly.coordinator.simulation.workload.World;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreAnswer;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.watch.Delivery;
import io.orderly.coordinator.watch.WatchRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Clients that watch, some of them slowly, and others that give them something to see. Whoever hears nothing for a while goes on
 * elsewhere, from where it was. What it is told must be what the log says, all of it and in order.
 */
final class WatchClients implements Population {

    static final String COMPLETE = "a watch tells all that happened, in order";
    static final String COMPACTED = "a watch ends only if what it has to tell is compacted";

    private static final String PREFIX = "w/";
    private static final int KEYS = 5;
    private static final long PATIENCE_MICROS = 2_000_000;
    private static final long SILENCE_MICROS_MAX = 1_200_000;
    private static final long LOOK_MICROS = 300_000;
    private static final long ABSENCE_MICROS_MAX = 4_000_000;

    private final World world;
    private final StoreWorkload workload;
    private final Allowance allowance = new Allowance();
    private final long thinkMicrosMax;
    private final List<Watcher> watchers = new ArrayList<>();

    WatchClients(World world, StoreWorkload workload) {
        this.world = world;
        this.workload = workload;
        thinkMicrosMax = world.random().nextLong(30_000, 300_000);
    }

    @Override
    public void start(int clients) {
        for (int i = 1; i <= clients; i++) {
            new Writer("ww" + i).think();
            Watcher watcher = new Watcher("wa" + i);
            watchers.add(watcher);
            watcher.connect();
            watcher.look();
        }
    }

    @Override
    public void allow(int moreOperations) {
        allowance.allow(moreOperations);
    }

    @Override
    public int answered() {
        return allowance.answeredCount();
    }

    @Override
    public int unanswered() {
        return allowance.unansweredCount();
    }

    @Override
    public String missing() {
        String writers = allowance.missing("writers");
        return writers.isEmpty()
                ? watchers.stream()
                        .filter(watcher -> watcher.next <= workload.ledger().revision())
                        .findFirst()
                        .map(watcher -> "a watch has come to %d of %d revisions"
                                .formatted(watcher.next - 1, workload.ledger().revision()))
                        .orElse("")
                : writers;
    }

    private Bytes anyKey() {
        return Bytes.utf8(PREFIX + world.random().nextInt(KEYS));
    }

    private final class Writer extends StoreClient {

        private int values;

        Writer(String name) {
            super(WatchClients.this.workload, name, thinkMicrosMax);
        }

        private StoreCommand.Put put(Bytes key) {
            return StoreCommand.Put.of(key, Bytes.utf8("v".repeat(world.random().nextInt(12)) + ++values));
        }

        private StoreCommand command() {
            Bytes one = anyKey();
            Bytes other = anyKey();
            return switch (world.random().nextInt(5)) {
                case 0, 1 -> put(one);
                case 2 -> StoreCommand.DeleteRange.of(one);
                case 3 -> new StoreCommand.DeleteRange(new KeyRange(one, other), true);
                default -> {
                    List<Operation> operations = new ArrayList<>(List.of(put(one)));
                    if (!one.equals(other)) {
                        operations.add(world.random().nextBoolean() ? put(other) : StoreCommand.DeleteRange.of(other));
                    }
                    yield new StoreCommand.Txn(List.of(), operations, List.of());
                }
            };
        }

        @Override
        void begin() {
            if (!allowance.begin()) {
                think();
                return;
            }
            StoreCommand command = command();
            this.<StoreAnswer>call(
                    (server, answer) -> server.ask(command, answer),
                    nowMicros() + PATIENCE_MICROS,
                    _ -> {
                        allowance.answered();
                        think();
                    },
                    _ -> {
                        allowance.unanswered();
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

        /** All below it is told. */
        private long next;

        /** Of a revision that is told by parts. */
        private final List<KeyEvent> parts = new ArrayList<>();

        private @Nullable WatchConnection connection;
        private long heardMicros;

        Watcher(String name) {
            this.name = name;
            keys = switch (world.random().nextInt(3)) {
                case 0 -> KeyRange.of(anyKey());
                case 1 -> KeyRange.ALL;
                default -> KeyRange.startingWith(Bytes.utf8(PREFIX));
            };
            int filter = world.random().nextInt(4);
            puts = filter != 0;
            deletes = filter != 1;
            previous = world.random().nextBoolean();
            paceMicrosMax = world.random().nextBoolean() ? 2_000 : 150_000;
            mayLeave = world.random().nextBoolean();
            next = 2;
        }

        private void trace(String what) {
            world.trace().add(world.time().nowMicros(), name, () -> what);
        }

        /** Goes on elsewhere if it has heard nothing, and at times stays away for a while. */
        void look() {
            if (!mayLeave || world.random().nextInt(20) != 0) {
                if (world.time().nowMicros() - heardMicros > SILENCE_MICROS_MAX) {
                    connect();
                }
                world.time().after(world.random().nextLong(1, LOOK_MICROS), this::look);
                return;
            }
            leave();
            world.time().after(world.random().nextLong(1, ABSENCE_MICROS_MAX), () -> {
                connect();
                look();
            });
        }

        void connect() {
            leave();
            parts.clear();
            heardMicros = world.time().nowMicros();
            WatchRequest request = new WatchRequest(keys, next, puts, deletes, previous, true, true);
            connection = new WatchConnection(world, request, this::hear);
            trace("watches at " + connection.node() + ": " + request);
        }

        private void leave() {
            if (connection != null) {
                connection.close();
            }
        }

        private void hear(Delivery delivery) {
            heardMicros = world.time().nowMicros();
            trace("is told " + delivery);
            world.count().accept(Figure.WATCH_DELIVERIES, 1);
            switch (delivery) {
                case Delivery.Events(long revision, List<KeyEvent> events, boolean more) -> {
                    parts.addAll(events);
                    if (!more) {
                        passTo(revision, List.copyOf(parts));
                        parts.clear();
                    }
                }
                case Delivery.Progress(long revision) -> passTo(revision, List.of());
                case Delivery.Compacted(long compacted) -> {
                    if (compacted <= next || compacted > workload.ledger().compacted()) {
                        throw BrokenPromise.safety(
                                COMPACTED,
                                "%s at %d was told %s, the log is compacted up to %d"
                                        .formatted(
                                                name,
                                                next,
                                                delivery,
                                                workload.ledger().compacted()));
                    }
                    world.count().accept(Figure.WATCHES_COMPACTED, 1);
                    next = compacted;
                    connect();
                    return;
                }
            }
            WatchConnection current = connection;
            world.time().after(world.random().nextLong(1, paceMicrosMax), current::took);
        }

        /** Told what happened in a revision, or that nothing did up to it. */
        private void passTo(long revision, List<KeyEvent> told) {
            if (revision > workload.ledger().revision()) {
                throw broken(
                        revision, told, "the newest is " + workload.ledger().revision());
            }
            if (revision < next && !told.isEmpty()) {
                throw broken(revision, told, "it had come to %d already".formatted(next - 1));
            }
            for (; next <= revision; next++) {
                List<KeyEvent> expected = workload.ledger().revision(next).events().stream()
                        .filter(this::isWanted)
                        .toList();
                if (!isSame(expected, next == revision ? told : List.of())) {
                    throw broken(revision, told, "revision %d is %s".formatted(next, expected));
                }
            }
        }

        private BrokenPromise broken(long revision, List<KeyEvent> told, String but) {
            return BrokenPromise.safety(
                    COMPLETE, "%s was told of revision %d: %s, but %s".formatted(name, revision, told, but));
        }

        private boolean isWanted(KeyEvent event) {
            return keys.contains(event.key()) && (event instanceof KeyEvent.Put ? puts : deletes);
        }

        private boolean isSame(List<KeyEvent> expected, List<KeyEvent> told) {
            if (expected.size() != told.size()) {
                return false;
            }
            for (int i = 0; i < told.size(); i++) {
                if (!bare(expected.get(i)).equals(bare(told.get(i)))
                        || !isPrevious(expected.get(i).previous(), told.get(i).previous())) {
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

        /** What was there before is told only if it was asked for, and is not compacted. */
        private boolean isPrevious(@Nullable KeyValue expected, @Nullable KeyValue told) {
            boolean mayBeGone = !previous
                    || Optional.ofNullable(expected)
                            .filter(one ->
                                    one.modRevision() <= workload.ledger().compacted())
                            .isPresent();
            return told == null ? expected == null || mayBeGone : previous && Objects.equals(expected, told);
        }
    }
}
