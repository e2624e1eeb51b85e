package io.orderly.coordinator.queue;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Store;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.watch.WatchResponse;
import io.orderly.coordinator.watch.WatchSettings;
import io.orderly.coordinator.watch.Watches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A store with its watches in memory, and clients. Requests and events are delivered only by calls of the test. */
final class SingleNode {

    static final Bytes PREFIX = Bytes.utf8("lock/");

    final Watches watches = new Watches(new WatchSettings(100, 100, 1 << 20, 100, 1 << 20, Duration.ofSeconds(1)), 1);
    final Store store = new Store(watches);

    void lease(long id) {
        store.apply(new StoreCommand.LeaseGrant(id, 10_000));
    }

    /** As when it expires. */
    void endLease(long id) {
        store.apply(new StoreCommand.LeaseRevoke(id));
    }

    Client client(long lease, long attempt, long deadlineNanos) {
        return client(lease, attempt, Bytes.EMPTY, deadlineNanos);
    }

    Client client(long lease, long attempt, Bytes value, long deadlineNanos) {
        return new Client(lease, attempt, value, deadlineNanos);
    }

    /** A client in the queue, which records the effects of its entry. */
    final class Client {

        final QueueEntry place;
        final List<QueueEffect> effects = new ArrayList<>();
        private final Map<Long, Long> open = new TreeMap<>();
        private QueueEffect.@Nullable Execute last;

        Client(long lease, long attempt, Bytes value, long deadlineNanos) {
            place = new QueueEntry(
                    new QueueSettings(Duration.ofSeconds(5)),
                    new QueueKey(PREFIX, lease, attempt),
                    value,
                    0,
                    deadlineNanos);
        }

        List<QueueEffect> join() {
            return note(place.join());
        }

        List<QueueEffect> step(QueueInput input) {
            return note(place.step(input));
        }

        /** Executes the last request, and delivers the response. */
        List<QueueEffect> answer() {
            return step(new QueueInput.Answered(last.request(), execute()));
        }

        /** Executes the last request. */
        StoreResponse execute() {
            return store.apply(last.command());
        }

        QueueEffect.Execute last() {
            return last;
        }

        /** Delivers the buffered events of its watches. */
        List<QueueEffect> listen() {
            List<QueueEffect> heard = new ArrayList<>();
            for (var one : List.copyOf(open.entrySet())) {
                for (WatchResponse delivery : watches.take(one.getValue(), store.now(), 10)) {
                    heard.addAll(step(new QueueInput.Watched(one.getKey(), delivery)));
                }
            }
            return heard;
        }

        /** Delivers requests, responses and events until none is left. */
        void settle() {
            for (QueueEffect.Execute done = null; done != last; ) {
                done = last;
                answer();
                listen();
            }
        }

        boolean holds() {
            return place.isHead();
        }

        /** The token it received last. */
        long token() {
            return effects.reversed().stream()
                    .filter(QueueEffect.Acquired.class::isInstance)
                    .map(QueueEffect.Acquired.class::cast)
                    .findFirst()
                    .orElseThrow()
                    .token();
        }

        @Nullable EndReason ending() {
            return effects.getLast() instanceof QueueEffect.Ended(EndReason reason) ? reason : null;
        }

        private List<QueueEffect> note(List<QueueEffect> more) {
            effects.addAll(more);
            for (QueueEffect effect : more) {
                switch (effect) {
                    case QueueEffect.Execute request -> last = request;
                    case QueueEffect.OpenWatch(long watch, var request) ->
                        open.put(watch, watches.open(request).orElseThrow());
                    case QueueEffect.CloseWatch(long watch) -> watches.close(open.remove(watch));
                    case QueueEffect.Acquired _, QueueEffect.Published _, QueueEffect.Ended _ -> {}
                }
            }
            return more;
        }
    }
}
