package io.orderly.coordinator.queue;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.coordinator.watch.WatchResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to reach the head of a queue, until it ends: a state machine without threads, connections and clocks.
 *
 * <ol>
 *   <li>It puts its key. If the queue has no other key, it is at the head. If an earlier attempt of its lease is in the queue, it
 *   takes over that key, and the earlier attempt can no longer delete it.
 *   <li>Otherwise it watches its predecessor's key. When that is deleted, it reads its predecessor again: the deleted key may not
 *   have been at the head.
 *   <li>It watches its own key all the time. If that is deleted, its lease has ended.
 * </ol>
 *
 * <p>One request is under way at a time. A request with unknown outcome is repeated until it is answered. An attempt that ends
 * while it changes its key waits for the response before it deletes the key: otherwise a key that is written later would stay in
 * the queue without an owner.
 */
public final class QueueEntry {

    private enum Purpose {
        JOIN,
        REJOIN,
        RECHECK,
        PUBLISH,
        LEAVE
    }

    private final QueueSettings settings;
    private final QueueKey queueKey;
    private final Bytes value;
    private final long deadlineNanos;

    /** The key of this attempt, or of an earlier attempt of the same lease. */
    private Bytes key;

    /** The create revision of the key; 0 until it is known. */
    private long token;

    /** The revision at which this attempt last changed the key. An attempt that has changed it since has taken it over. */
    private long modRevision;
    /** The create revision of the key that is being taken over. */
    private long rejoining;

    private boolean head;
    private boolean over;
    private boolean recheckDue;
    private @Nullable Bytes unpublished;

    /** Why the attempt shall end; null until then. */
    private @Nullable EndReason endReason;

    private @Nullable Open open;
    private long lastRequest;
    private long lastWatch;
    private long ownWatch;
    private long predecessorWatch;
    private long nowNanos;
    private long heardNanos;
    private List<QueueEffect> effects = new ArrayList<>();

    /**
     * @param value of the key, for others to read
     * @param nowNanos on the clock of {@link QueueInput.Tick}
     * @param deadlineNanos when to stop waiting; {@link Long#MAX_VALUE} for never
     */
    public QueueEntry(QueueSettings settings, QueueKey queueKey, Bytes value, long nowNanos, long deadlineNanos) {
        this.settings = settings;
        this.queueKey = queueKey;
        this.value = value;
        this.nowNanos = nowNanos;
        this.deadlineNanos = deadlineNanos;
        heardNanos = nowNanos;
        key = queueKey.key();
    }

    public Bytes key() {
        return key;
    }

    /** Whether its key was in the queue. */
    public boolean isJoined() {
        return token != 0;
    }

    /** Whether it is at the head, and neither leaving nor ended. */
    public boolean isHead() {
        return head && endReason == null && !over;
    }

    /** Joins the queue. Must be called once, before any step. */
    public List<QueueEffect> join() {
        askToJoin();
        return result();
    }

    public List<QueueEffect> step(QueueInput input) {
        if (!over) {
            take(input);
            sendNext();
        }
        return result();
    }

    private void take(QueueInput input) {
        switch (input) {
            case QueueInput.Answered(long request, StoreResponse answer) -> {
                if (open != null && open.effect.request() == request) {
                    Purpose purpose = open.purpose;
                    open = null;
                    heardNanos = nowNanos;
                    answered(purpose, answer);
                }
            }
            case QueueInput.Unanswered(long request) -> {
                if (open != null && open.effect.request() == request) {
                    effects.add(open.effect);
                }
            }
            case QueueInput.Watched(long watch, WatchResponse delivery) -> watched(watch, delivery);
            case QueueInput.WatchBroken(long watch) -> ceased(watch);
            case QueueInput.Tick(long now) -> tick(now);
            case QueueInput.SessionEnded _ -> end(new EndReason.SessionEnded());
            case QueueInput.Publish(Bytes next) -> unpublished = next;
            case QueueInput.Leave _ -> giveUp(new EndReason.Left());
        }
    }

    private void answered(Purpose purpose, StoreResponse answer) {
        switch (answer) {
            case StoreResponse.Txn txn -> {
                switch (purpose) {
                    case JOIN -> joined(txn);
                    case REJOIN -> rejoined(txn);
                    case RECHECK -> rechecked(txn);
                    case PUBLISH -> published(txn);
                    case LEAVE -> end(endReason == null ? new EndReason.Left() : endReason);
                }
            }
            case StoreResponse.ResponseNotKept _ -> {
                switch (purpose) {
                    case JOIN, REJOIN -> askToJoin();
                    case RECHECK -> recheckDue = true;
                    case PUBLISH -> askToPublish();
                    case LEAVE -> end(endReason == null ? new EndReason.Left() : endReason);
                }
            }
            case StoreResponse.Refused(long _, StoreRefusal refusal) -> refused(purpose, refusal);
            default -> throw new IllegalStateException("the response to a transaction is " + answer);
        }
    }

    private void joined(StoreResponse.Txn answer) {
        if (!answer.succeeded()) {
            found(range(answer, 0).keyValues().getFirst());
            return;
        }
        List<KeyValue> lastTwo = range(answer, 1).keyValues();
        token = lastTwo.getFirst().createRevision();
        modRevision = token;
        waitBehind(lastTwo.subList(1, lastTwo.size()), answer.revision());
    }

    private void askToJoin() {
        key = queueKey.key();
        execute(Purpose.JOIN, QueueCommands.join(queueKey, value));
    }

    /** @param existing the key of the lease that is already in the queue */
    private void found(KeyValue existing) {
        if (existing.key().equals(queueKey.key())) {
            token = existing.createRevision();
            modRevision = existing.modRevision();
            recheckDue = true;
        } else if (endReason != null) {
            end(endReason);
        } else {
            key = existing.key();
            if (unpublished == null && !existing.value().equals(value)) {
                unpublished = value;
            }
            rejoining = existing.createRevision();
            execute(Purpose.REJOIN, QueueCommands.rejoin(key, rejoining));
        }
    }

    private void rejoined(StoreResponse.Txn answer) {
        if (answer.succeeded()) {
            token = rejoining;
            modRevision = answer.revision();
            recheckDue = true;
        } else if (endReason != null) {
            end(endReason);
        } else {
            askToJoin();
        }
    }

    private void rechecked(StoreResponse.Txn answer) {
        if (answer.succeeded()) {
            waitBehind(range(answer, 0).keyValues(), answer.revision());
        } else {
            end(new EndReason.SessionEnded());
        }
    }

    /** @param predecessor the predecessor, at a revision at which the own key existed; empty if there is none */
    private void waitBehind(List<KeyValue> predecessor, long revision) {
        if (endReason != null) {
            return;
        }
        if (ownWatch == 0) {
            ownWatch = watchDeletion(key, revision);
        }
        predecessorWatch = closed(predecessorWatch);
        if (!predecessor.isEmpty()) {
            if (head) {
                throw new IllegalStateException("%s precedes the head, %s".formatted(predecessor, key));
            }
            predecessorWatch = watchDeletion(predecessor.getFirst().key(), revision);
        } else if (!head) {
            head = true;
            effects.add(new QueueEffect.Acquired(token));
        }
    }

    private void published(StoreResponse.Txn answer) {
        if (unpublished == null) {
            return;
        }
        if (answer.succeeded()) {
            modRevision = answer.revision();
            publishedAs(unpublished);
            return;
        }
        List<KeyValue> own = range(answer, 0).keyValues();
        if (own.isEmpty()) {
            end(new EndReason.SessionEnded());
            return;
        }
        // another client changed it, or an earlier request whose response was lost
        boolean done = own.getFirst().value().equals(unpublished);
        if (endReason != null && !done) {
            end(endReason);
            return;
        }
        modRevision = own.getFirst().modRevision();
        if (done) {
            publishedAs(unpublished);
        }
    }

    private void askToPublish() {
        if (unpublished != null) {
            execute(Purpose.PUBLISH, QueueCommands.publish(key, unpublished, modRevision));
        }
    }

    private void publishedAs(Bytes current) {
        unpublished = null;
        effects.add(new QueueEffect.Published(current));
    }

    private void refused(Purpose purpose, StoreRefusal refusal) {
        boolean sessionEnded =
                refusal instanceof StoreRefusal.LeaseNotFound || refusal instanceof StoreRefusal.SessionNotFound;
        if (sessionEnded) {
            end(new EndReason.SessionEnded());
        } else if (refusal instanceof StoreRefusal.Auth
                || purpose == Purpose.JOIN
                || purpose == Purpose.REJOIN
                || purpose == Purpose.PUBLISH) {
            // without the right to it, a key stays in the queue until its lease ends
            end(new EndReason.Rejected(refusal));
        }
        // other requests are repeated with the next recheck
    }

    private void watched(long watch, WatchResponse delivery) {
        switch (delivery) {
            case WatchResponse.Events(long _, List<KeyEvent> events, boolean _) -> {
                if (events.stream().noneMatch(KeyEvent.Deleted.class::isInstance)) {
                    return;
                }
                if (watch == ownWatch) {
                    end(endReason == null ? new EndReason.SessionEnded() : endReason);
                } else if (watch == predecessorWatch) {
                    predecessorWatch = closed(predecessorWatch);
                    recheckDue = true;
                }
            }
            case WatchResponse.Progress _ -> {}
            case WatchResponse.Compacted _ -> ceased(watch);
        }
    }

    /** The next recheck reads what the watch would have reported. */
    private void ceased(long watch) {
        if (watch == ownWatch) {
            ownWatch = 0;
            recheckDue = true;
        } else if (watch == predecessorWatch) {
            predecessorWatch = 0;
            recheckDue = true;
        }
    }

    private void tick(long now) {
        nowNanos = Math.max(nowNanos, now);
        if (!head && nowNanos >= deadlineNanos) {
            giveUp(new EndReason.TimedOut());
        }
        if (nowNanos - heardNanos >= settings.lookAfter().toNanos()) {
            heardNanos = nowNanos;
            recheckDue = true;
        }
    }

    private void giveUp(EndReason reason) {
        if (endReason == null) {
            endReason = reason;
            recheckDue = true;
            if (open != null && open.purpose == Purpose.RECHECK) {
                open = null;
            }
        }
    }

    /** Sends the next request, if none is under way. */
    private void sendNext() {
        if (open != null || over) {
            return;
        }
        if (token == 0) {
            throw new IllegalStateException("neither in the queue nor about to join");
        }
        if (endReason != null) {
            if (recheckDue) {
                recheckDue = false;
                execute(Purpose.LEAVE, QueueCommands.leave(key, modRevision));
            }
        } else if (recheckDue) {
            recheckDue = false;
            execute(Purpose.RECHECK, QueueCommands.predecessor(queueKey, key, token));
        } else if (head && unpublished != null) {
            askToPublish();
        }
    }

    private void end(EndReason reason) {
        over = true;
        ownWatch = closed(ownWatch);
        predecessorWatch = closed(predecessorWatch);
        effects.add(new QueueEffect.Ended(reason));
    }

    private void execute(Purpose purpose, StoreCommand.Txn command) {
        open = new Open(purpose, new QueueEffect.Execute(++lastRequest, command));
        effects.add(open.effect);
    }

    private long watchDeletion(Bytes watched, long after) {
        effects.add(new QueueEffect.OpenWatch(++lastWatch, WatchRequest.ofDeletions(KeyRange.of(watched), after + 1)));
        return lastWatch;
    }

    private long closed(long watch) {
        if (watch != 0) {
            effects.add(new QueueEffect.CloseWatch(watch));
        }
        return 0;
    }

    private List<QueueEffect> result() {
        List<QueueEffect> result = effects;
        effects = new ArrayList<>();
        return result;
    }

    private static StoreResponse.Range range(StoreResponse.Txn answer, int operation) {
        return (StoreResponse.Range) answer.answers().get(operation);
    }

    private record Open(Purpose purpose, QueueEffect.Execute effect) {}
}
