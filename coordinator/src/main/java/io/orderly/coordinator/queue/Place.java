package io.orderly.coordinator.queue;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.StoreAnswer;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.coordinator.watch.Delivery;
import io.orderly.coordinator.watch.WatchRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to come to the head of a line, until it is given up: a state machine, without threads, connections and clocks.
 *
 * <ol>
 *   <li>It puts its key. If there is no other in the line, it is at the head. If its lease stands in line already, by an earlier attempt, it
 *       takes that one's key over, and the earlier attempt can no longer give it up.
 *   <li>Else it watches the key right before its own, and when that is deleted, asks again who is before it: the one that was
 *       deleted may not have been at the head.
 *   <li>It watches its own key all the time, waiting or at the head. If that is deleted, its lease has ended.
 * </ol>
 *
 * <p>One request is under way at a time. One whose outcome is unknown is sent again until it is answered. An attempt that is given up
 * while it changes its key waits for that answer before it deletes the key: a key that was written later would stay in the line without an owner.
 */
public final class Place {

    private enum Purpose {
        JOIN,
        REJOIN,
        LOOK,
        PUBLISH,
        LEAVE
    }

    private final QueueSettings settings;
    private final QueueKey place;
    private final Bytes value;
    private final long deadlineNanos;

    /** Its own, or that of an earlier attempt of the same lease. */
    private Bytes key;

    /** The create revision of the key; 0 until it is known. */
    private long token;

    /** When this attempt last changed the key. One that has changed it since has taken it over. */
    private long modRevision;
    /** The create revision of the key that is being taken over. */
    private long rejoining;

    private boolean head;
    private boolean over;
    private boolean lookDue;
    private @Nullable Bytes unpublished;

    /** Why it is to be given up; null for as long as it is not. */
    private @Nullable Ending wish;

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
     * @param deadlineNanos when to wait no more; {@link Long#MAX_VALUE} for never
     */
    public Place(QueueSettings settings, QueueKey place, Bytes value, long nowNanos, long deadlineNanos) {
        this.settings = settings;
        this.place = place;
        this.value = value;
        this.nowNanos = nowNanos;
        this.deadlineNanos = deadlineNanos;
        heardNanos = nowNanos;
        key = place.key();
    }

    public Bytes key() {
        return key;
    }

    /** Whether it has come to the head, and neither wants to leave nor has heard that it is over. */
    public boolean isHead() {
        return head && wish == null && !over;
    }

    /** Stands in line. To be called once, before any step. */
    public List<QueueEffect> join() {
        askToJoin();
        return result();
    }

    public List<QueueEffect> step(QueueInput input) {
        if (!over) {
            take(input);
            goOn();
        }
        return result();
    }

    private void take(QueueInput input) {
        switch (input) {
            case QueueInput.Answered(long request, StoreAnswer answer) -> {
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
            case QueueInput.Watched(long watch, Delivery delivery) -> watched(watch, delivery);
            case QueueInput.WatchBroken(long watch) -> ceased(watch);
            case QueueInput.Tick(long now) -> tick(now);
            case QueueInput.SessionEnded _ -> end(new Ending.SessionEnded());
            case QueueInput.Publish(Bytes next) -> unpublished = next;
            case QueueInput.Leave _ -> giveUp(new Ending.Left());
        }
    }

    private void answered(Purpose purpose, StoreAnswer answer) {
        switch (answer) {
            case StoreAnswer.Txn txn -> {
                switch (purpose) {
                    case JOIN -> joined(txn);
                    case REJOIN -> rejoined(txn);
                    case LOOK -> looked(txn);
                    case PUBLISH -> published(txn);
                    case LEAVE -> end(wish == null ? new Ending.Left() : wish);
                }
            }
            case StoreAnswer.AnswerNotKept _ -> {
                switch (purpose) {
                    case JOIN, REJOIN -> askToJoin();
                    case LOOK -> lookDue = true;
                    case PUBLISH -> askToPublish();
                    case LEAVE -> end(wish == null ? new Ending.Left() : wish);
                }
            }
            case StoreAnswer.Refused(long _, StoreRefusal refusal) -> refused(purpose, refusal);
            default -> throw new IllegalStateException("a transaction was answered with " + answer);
        }
    }

    private void joined(StoreAnswer.Txn answer) {
        if (!answer.succeeded()) {
            found(range(answer, 0).keyValues().getFirst());
            return;
        }
        List<KeyValue> lastTwo = range(answer, 1).keyValues();
        token = lastTwo.getFirst().createRevision();
        modRevision = token;
        standBehind(lastTwo.subList(1, lastTwo.size()), answer.revision());
    }

    private void askToJoin() {
        key = place.key();
        execute(Purpose.JOIN, Transactions.join(place, value));
    }

    /** @param standing the key that stands in line already for the lease */
    private void found(KeyValue standing) {
        if (standing.key().equals(place.key())) {
            token = standing.createRevision();
            modRevision = standing.modRevision();
            lookDue = true;
        } else if (wish != null) {
            end(wish);
        } else {
            key = standing.key();
            if (unpublished == null && !standing.value().equals(value)) {
                unpublished = value;
            }
            rejoining = standing.createRevision();
            execute(Purpose.REJOIN, Transactions.rejoin(key, rejoining));
        }
    }

    private void rejoined(StoreAnswer.Txn answer) {
        if (answer.succeeded()) {
            token = rejoining;
            modRevision = answer.revision();
            lookDue = true;
        } else if (wish != null) {
            end(wish);
        } else {
            askToJoin();
        }
    }

    private void looked(StoreAnswer.Txn answer) {
        if (answer.succeeded()) {
            standBehind(range(answer, 0).keyValues(), answer.revision());
        } else {
            end(new Ending.SessionEnded());
        }
    }

    /** @param predecessor the one right before, as of a revision at which the own key was there; empty if there is none */
    private void standBehind(List<KeyValue> predecessor, long revision) {
        if (wish != null) {
            return;
        }
        if (ownWatch == 0) {
            ownWatch = watchDeletion(key, revision);
        }
        predecessorWatch = closed(predecessorWatch);
        if (!predecessor.isEmpty()) {
            if (head) {
                throw new IllegalStateException("%s stands before the head, %s".formatted(predecessor, key));
            }
            predecessorWatch = watchDeletion(predecessor.getFirst().key(), revision);
        } else if (!head) {
            head = true;
            effects.add(new QueueEffect.Acquired(token));
        }
    }

    private void published(StoreAnswer.Txn answer) {
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
            end(new Ending.SessionEnded());
            return;
        }
        // another client changed it, or an earlier request did whose answer was lost
        boolean done = own.getFirst().value().equals(unpublished);
        if (wish != null && !done) {
            end(wish);
            return;
        }
        modRevision = own.getFirst().modRevision();
        if (done) {
            publishedAs(unpublished);
        }
    }

    private void askToPublish() {
        if (unpublished != null) {
            execute(Purpose.PUBLISH, Transactions.publish(key, unpublished, modRevision));
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
            end(new Ending.SessionEnded());
        } else if (purpose == Purpose.JOIN || purpose == Purpose.REJOIN || purpose == Purpose.PUBLISH) {
            end(new Ending.Rejected(refusal));
        }
        // others are tried again when it is time to look
    }

    private void watched(long watch, Delivery delivery) {
        switch (delivery) {
            case Delivery.Events(long _, List<KeyEvent> events, boolean _) -> {
                if (events.stream().noneMatch(KeyEvent.Deleted.class::isInstance)) {
                    return;
                }
                if (watch == ownWatch) {
                    end(wish == null ? new Ending.SessionEnded() : wish);
                } else if (watch == predecessorWatch) {
                    predecessorWatch = closed(predecessorWatch);
                    lookDue = true;
                }
            }
            case Delivery.Progress _ -> {}
            case Delivery.Compacted _ -> ceased(watch);
        }
    }

    /** What a watch would have told is in the answer of the next look. */
    private void ceased(long watch) {
        if (watch == ownWatch) {
            ownWatch = 0;
            lookDue = true;
        } else if (watch == predecessorWatch) {
            predecessorWatch = 0;
            lookDue = true;
        }
    }

    private void tick(long now) {
        nowNanos = Math.max(nowNanos, now);
        if (!head && nowNanos >= deadlineNanos) {
            giveUp(new Ending.TimedOut());
        }
        if (nowNanos - heardNanos >= settings.lookAfter().toNanos()) {
            heardNanos = nowNanos;
            lookDue = true;
        }
    }

    private void giveUp(Ending reason) {
        if (wish == null) {
            wish = reason;
            lookDue = true;
            if (open != null && open.purpose == Purpose.LOOK) {
                open = null;
            }
        }
    }

    /** Sends what is to be sent next, once nothing is under way. */
    private void goOn() {
        if (open != null || over) {
            return;
        }
        if (token == 0) {
            throw new IllegalStateException("neither in line nor about to join");
        }
        if (wish != null) {
            if (lookDue) {
                lookDue = false;
                execute(Purpose.LEAVE, Transactions.leave(key, modRevision));
            }
        } else if (lookDue) {
            lookDue = false;
            execute(Purpose.LOOK, Transactions.predecessor(place, key, token));
        } else if (head && unpublished != null) {
            askToPublish();
        }
    }

    private void end(Ending reason) {
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

    private static StoreAnswer.Range range(StoreAnswer.Txn answer, int operation) {
        return (StoreAnswer.Range) answer.answers().get(operation);
    }

    private record Open(Purpose purpose, QueueEffect.Execute effect) {}
}
