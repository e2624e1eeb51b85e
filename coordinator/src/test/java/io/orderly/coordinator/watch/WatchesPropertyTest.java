package io.orderly.coordinator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.Revision;
import io.orderly.coordinator.store.StoreView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * Watches of all kinds and speeds, over compactions, snapshots and states that are older or newer than the added revisions, compared with a
 * model that keeps the whole history. A watch delivers all selected events from its start on, or ends because of a compaction, after all
 * events up to that point.
 */
class WatchesPropertyTest {

    private static final WatchSettings SETTINGS = new WatchSettings(12, 3, 60, 4, 15, Duration.ofMillis(10));

    @Property(tries = 400, shrinking = ShrinkingMode.OFF)
    void responsesAreInOrderAndWithoutGaps(@ForAll long seed) {
        var run = new Run(seed);
        for (int i = 0; i < 300; i++) {
            run.doRandomStep();
        }
        run.takeAll();
        Statistics.label("compacted").collect(run.compacted > 0);
        Statistics.label("lagged").collect(run.lagged > 0);
    }

    private static final class Client {

        private final WatchRequest request;

        /** The first revision to deliver. */
        private final long start;

        private final List<KeyEvent> told = new ArrayList<>();
        private long lastRevision;
        private long lastProgress;
        private boolean incomplete;

        Client(WatchRequest request, long start) {
            this.request = request;
            this.start = start;
        }
    }

    private static final class Run {

        private final SplittableRandom random;
        private final FixedHistory history = new FixedHistory();
        private final Watches watches = new Watches(SETTINGS, 1);
        private final Map<Long, Client> clients = new LinkedHashMap<>();
        private final List<Long> signalled = new ArrayList<>();
        private long added = 1;
        private long nowNanos;
        private int compacted;
        private int lagged;

        Run(long seed) {
            random = new SplittableRandom(seed);
        }

        void doRandomStep() {
            switch (random.nextInt(12)) {
                case 0 -> open();
                case 1 -> history.compact(random.nextLong(history.compactedRevision(), added + 1));
                case 2 -> {
                    if (random.nextInt(4) == 0) {
                        watches.restored(history.now());
                        added = history.revision();
                    }
                }
                case 3 -> watches.tick(nowNanos += random.nextLong(8_000_000));
                case 4 ->
                    clients.keySet().stream()
                            .skip(random.nextInt(clients.size() + 1))
                            .findFirst()
                            .ifPresent(watches::requestProgress);
                case 5, 6, 7 -> takeFromAReadyWatch();
                default -> revise();
            }
            if (random.nextInt(3) > 0) {
                addNextRevision();
            }
            signalled.addAll(watches.ready());
            lagged += watches.lagging();
        }

        private void open() {
            KeyRange keys = switch (random.nextInt(4)) {
                case 0 -> KeyRange.of(key());
                case 1 -> KeyRange.from(key());
                case 2 -> KeyRange.ALL;
                default -> new KeyRange(key(), key());
            };
            long from = random.nextInt(3) == 0 ? 0 : random.nextLong(history.revision() + 5);
            var request = new WatchRequest(
                    keys,
                    from,
                    random.nextInt(4) > 0,
                    random.nextInt(4) > 0,
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean());
            boolean isRoom = clients.size() < SETTINGS.maxWatches();
            OptionalLong watch = watches.open(request);
            watch.ifPresent(id -> clients.put(id, new Client(request, from == 0 ? added + 1 : from)));
            assertThat(watch.isPresent()).isEqualTo(isRoom);
        }

        private void revise() {
            Map<String, KeyEvent> events = new LinkedHashMap<>();
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                String key = key().toUtf8();
                events.put(
                        key,
                        history.at(key) != null && random.nextInt(3) == 0
                                ? history.delete(key)
                                : history.put(key, "x".repeat(random.nextInt(20))));
            }
            history.add(events.values().toArray(KeyEvent[]::new));
        }

        private void addNextRevision() {
            while (added < history.revision() && random.nextInt(5) > 0) {
                watches.revised(history.revisions().get((int) ++added - 2));
            }
        }

        private Bytes key() {
            return Bytes.utf8("k" + random.nextInt(6));
        }

        private void takeFromAReadyWatch() {
            if (!signalled.isEmpty()) {
                take(signalled.remove(random.nextInt(signalled.size())), state(), random.nextInt(1, 6));
            }
        }

        private StoreView state() {
            long oldest = Math.max(2, history.compactedRevision());
            return random.nextInt(3) == 0 && history.revision() > oldest
                    ? history.at(random.nextLong(oldest, history.revision()))
                    : history.now();
        }

        private void take(long watch, StoreView state, int maxRevisions) {
            @Nullable Client client = clients.get(watch);
            List<WatchResponse> taken = watches.take(watch, state, maxRevisions);
            if (client == null) {
                assertThat(taken).isEmpty();
                return;
            }
            for (WatchResponse delivery : taken) {
                switch (delivery) {
                    case WatchResponse.Events(long revision, List<KeyEvent> events, boolean more) -> {
                        assertThat(events).isNotEmpty();
                        if (client.incomplete) {
                            assertThat(revision).isEqualTo(client.lastRevision);
                        } else {
                            assertThat(revision).isGreaterThan(Math.max(client.lastRevision, client.lastProgress));
                        }
                        assertThat(more && !client.request.fragments()).isFalse();
                        client.told.addAll(events);
                        client.incomplete = more;
                        client.lastRevision = revision;
                    }
                    case WatchResponse.Progress(long revision) -> {
                        assertThat(client.incomplete).isFalse();
                        assertThat(revision).isLessThanOrEqualTo(added).isGreaterThanOrEqualTo(client.lastProgress);
                        assertThat(client.told).isEqualTo(expected(client, revision));
                        client.lastProgress = revision;
                    }
                    case WatchResponse.Compacted(long revision) -> {
                        assertThat(revision).isEqualTo(state.compactedRevision());
                        assertThat(delivery).isSameAs(taken.getLast());
                        assertThat(client.incomplete).isFalse();
                        // all events up to some compacted revision, and none after it
                        assertThat(expected(client, revision)).as("told").containsAll(client.told);
                        assertThat(client.told).isEqualTo(expected(client, client.lastRevision));
                        clients.remove(watch);
                        compacted++;
                    }
                }
            }
            assertThat(client.told).isEqualTo(expected(client, client.lastRevision));
        }

        void takeAll() {
            while (added < history.revision()) {
                watches.revised(history.revisions().get((int) ++added - 2));
            }
            signalled.addAll(watches.ready());
            for (int i = 0; !signalled.isEmpty(); i++) {
                signalled.stream().distinct().toList().forEach(id -> take(id, history.now(), 100));
                signalled.clear();
                signalled.addAll(watches.ready());
                assertThat(i).as("rounds until no event is left").isLessThan(1_000);
            }
            assertThat(watches.lagging()).isZero();
            clients.values().forEach(client -> assertThat(client.told).isEqualTo(expected(client, added)));
        }

        private List<KeyEvent> expected(Client client, long upTo) {
            EventFilter selection = client.request.selection();
            return history.revisions().stream()
                    .filter(revision -> revision.number() >= client.start && revision.number() <= upTo)
                    .map(Revision::events)
                    .flatMap(List::stream)
                    .filter(event -> selection.keys().contains(event.key()))
                    .filter(event -> event instanceof KeyEvent.Put ? selection.puts() : selection.deletes())
                    .map(event -> selection.previous() ? event : withoutPrevious(event))
                    .toList();
        }

        private static KeyEvent withoutPrevious(KeyEvent event) {
            return event instanceof KeyEvent.Put put
                    ? new KeyEvent.Put(put.current(), null)
                    : new KeyEvent.Deleted(event.key(), ((KeyEvent.Deleted) event).modRevision(), null);
        }
    }
}
