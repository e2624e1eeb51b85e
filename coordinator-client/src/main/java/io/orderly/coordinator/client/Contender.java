package io.orderly.coordinator.client;

import io.orderly.coordinator.client.RetryRule.Repetition;
import io.orderly.coordinator.client.WriteOutcome.Reason;
import io.orderly.coordinator.queue.EndReason;
import io.orderly.coordinator.queue.QueueEffect;
import io.orderly.coordinator.queue.QueueEntry;
import io.orderly.coordinator.queue.QueueInput;
import io.orderly.coordinator.store.AuthRefusal;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.coordinator.watch.WatchResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the effects of a {@link QueueEntry}, with the requests of a client. The entry lives on the thread of the {@link Loop}; its
 * writes are guarded by the session of its lease, so that none takes effect after the lease has ended.
 */
final class Contender {

    private static final Duration TICK = Duration.ofMillis(500);

    /** Called on the thread of the loop. */
    interface Listener {

        void acquired(FencingToken token);

        /** The attempt has ended; no call follows. */
        void ended(EndReason reason);
    }

    /** Opens a watch. */
    interface Watching {

        Watch watch(WatchRequest request, WatchListener listener);
    }

    private final QueueEntry entry;
    private final Session session;
    private final Writes writes;
    private final Watching watching;
    private final Loop loop;
    private final Backoff backoff;
    private final Environment environment;
    private final Listener listener;
    private final Map<Long, Watch> watches = new HashMap<>();
    private @Nullable Open open;
    private boolean over;

    Contender(
            QueueEntry entry,
            Session session,
            Writes writes,
            Watching watching,
            Loop loop,
            Backoff backoff,
            Environment environment,
            Listener listener) {
        this.entry = entry;
        this.session = session;
        this.writes = writes;
        this.watching = watching;
        this.loop = loop;
        this.backoff = backoff;
        this.environment = environment;
        this.listener = listener;
    }

    /** Called once. */
    void begin() {
        loop.execute(() -> {
            perform(entry.join());
            tick();
        });
    }

    void leaseLost() {
        input(new QueueInput.SessionEnded());
    }

    /** Stops at once, without a call of the listener. The keys are deleted with the lease, which the caller ends. */
    void abandon() {
        loop.execute(this::finish);
    }

    private void input(QueueInput input) {
        loop.execute(() -> {
            if (!over) {
                perform(entry.step(input));
            }
        });
    }

    private void tick() {
        if (!over) {
            perform(entry.step(new QueueInput.Tick(environment.nanoTime().getAsLong())));
            loop.after(TICK, this::tick);
        }
    }

    private void perform(List<QueueEffect> effects) {
        for (QueueEffect effect : effects) {
            switch (effect) {
                case QueueEffect.Execute(long request, StoreCommand.Txn command) -> execute(request, command);
                case QueueEffect.OpenWatch(long watch, WatchRequest request) ->
                    watches.put(watch, watching.watch(request, new Relay(watch)));
                case QueueEffect.CloseWatch(long watch) -> closeWatch(watch);
                case QueueEffect.Acquired(long token) -> listener.acquired(new FencingToken(token));
                case QueueEffect.Published _ -> {}
                case QueueEffect.Ended(EndReason reason) -> {
                    finish();
                    listener.ended(reason);
                }
            }
        }
    }

    private void finish() {
        over = true;
        List.copyOf(watches.keySet()).forEach(this::closeWatch);
    }

    private void closeWatch(long watch) {
        Watch closing = watches.remove(watch);
        if (closing != null) {
            closing.close();
        }
    }

    private void execute(long request, StoreCommand.Txn command) {
        if (open == null || open.request != request) {
            open = new Open(request, command, Writes.isReadOnly(command) ? null : session.take(), 0);
        } else {
            open = new Open(request, command, open.lane, open.attempts + 1);
        }
        Open sent = open;
        loop.fork(() -> answered(sent, outcome(sent)));
    }

    private WriteOutcome outcome(Open sent) {
        return sent.lane == null
                ? writes.executeUnguarded(sent.command, Repetition.SAFE)
                : writes.execute(sent.lane, sent.command);
    }

    private void answered(Open sent, WriteOutcome outcome) {
        switch (outcome) {
            case WriteOutcome.Applied(long revision, boolean succeeded, var answers) ->
                done(
                        sent,
                        answers.<StoreResponse>map(all -> new StoreResponse.Txn(revision, succeeded, all))
                                .orElseGet(() -> new StoreResponse.ResponseNotKept(revision)));
            case WriteOutcome.NotApplied(Reason.ConditionFailed(long revision)) ->
                done(sent, new StoreResponse.Txn(revision, false, List.of()));
            case WriteOutcome.NotApplied(Reason.LeaseEnded _) ->
                input(refused(
                        sent, new StoreRefusal.LeaseNotFound(session.lease().id())));
            case WriteOutcome.NotApplied(Reason.Refused refused) -> input(refused(sent, refusal(refused)));
            case WriteOutcome.NotApplied(Reason.Unreachable _) -> repeatLater(sent);
            case WriteOutcome.Unknown _ -> repeatLater(sent);
        }
    }

    private static StoreRefusal refusal(Reason.Refused refused) {
        return switch (refused.code()) {
            case "PERMISSION_DENIED" -> new StoreRefusal.Auth(AuthRefusal.PERMISSION_DENIED);
            case "UNAUTHENTICATED" -> new StoreRefusal.Auth(AuthRefusal.INVALID_TOKEN);
            default -> new StoreRefusal.Malformed(refused.message());
        };
    }

    private void done(Open sent, StoreResponse response) {
        if (sent.lane != null) {
            session.giveBack(sent.lane.next());
        }
        input(new QueueInput.Answered(sent.request, response));
    }

    private static QueueInput refused(Open sent, StoreRefusal refusal) {
        return new QueueInput.Answered(sent.request, new StoreResponse.Refused(0, refusal));
    }

    private void repeatLater(Open sent) {
        loop.after(
                backoff.delay(sent.attempts + 1, environment.random()),
                () -> input(new QueueInput.Unanswered(sent.request)));
    }

    /** @param lane null if nothing is written */
    private record Open(
            long request,
            StoreCommand.Txn command,
            @Nullable Lane lane,
            int attempts) {}

    /** Passes on the responses of a watch. */
    private final class Relay implements WatchListener {

        private final long watch;

        Relay(long watch) {
            this.watch = watch;
        }

        @Override
        public void onEvents(long revision, List<KeyEvent> events) {
            input(new QueueInput.Watched(watch, new WatchResponse.Events(revision, events, false)));
        }

        @Override
        public void onCompacted(long compactedRevision) {
            loop.execute(() -> closeWatch(watch));
            input(new QueueInput.Watched(watch, new WatchResponse.Compacted(compactedRevision)));
        }

        @Override
        public void onKeys(long revision, List<KeyValue> keyValues) {
            // follows a compaction, which the entry answers by reading the queue itself
        }
    }
}
