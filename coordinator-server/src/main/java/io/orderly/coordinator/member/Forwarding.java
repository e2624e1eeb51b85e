package io.orderly.coordinator.member;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.MembershipRequest;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.member.PendingRequest.Attempt;
import io.orderly.coordinator.member.PendingRequest.Client;
import io.orderly.coordinator.peer.ForwardedReply;
import io.orderly.coordinator.peer.ForwardedRequest;
import io.orderly.coordinator.store.StoreResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests of the clients of this member, each from its arrival to its reply. It passes them to the leader, which may be this member,
 * and replies once this member has applied the slot of the leader's reply.
 *
 * <ul>
 *   <li>Each message to the leader has an id of its own. A reply is used if it has the id of the last message of its request and comes from
 *   the member to which that was sent; so duplicates and late replies have no effect.
 *   <li>A command is sent again only if the last message had no effect: it was never sent, or was refused without effect. Otherwise its
 *   outcome is unknown: at its deadline, or soon after another leader was elected.
 *   <li>Reads, renewals and requests for timestamps may be sent again at any time, and are if a reply is missing.
 *   <li>Reads that arrive together share one read barrier, which is sent after they arrived.
 * </ul>
 *
 * <p>It has no threads and no clock: times are passed in.
 */
final class Forwarding {

    /** The destinations of requests. */
    interface Route {

        /** This member leads. The reply is passed to {@link #replied}, perhaps before this returns. */
        void serveHere(long id, ForwardedRequest request);

        /** @return false if it was certainly not sent */
        boolean send(NodeId leader, long id, ForwardedRequest request);
    }

    /** @param slot that this member has not applied yet */
    private record Decided(long slot, PendingRequest request, ForwardedReply reply) {}

    private final NodeId self;
    private final ForwardingSettings settings;
    private final Route route;
    private long lastId;

    /** Requests to be sent as soon as there is a leader. */
    private final Deque<PendingRequest> ready = new ArrayDeque<>();

    /** Requests that were refused without effect, or not sent; they are ready with the next tick. */
    private final List<PendingRequest> refused = new ArrayList<>();

    /** Reads that have no barrier yet. */
    private List<Client> readers = new ArrayList<>();

    private int barriers;

    /** Sent requests by id, oldest first: those that may be sent again, and those that may not. */
    private final Map<Long, Attempt> repeatable = new LinkedHashMap<>();

    private final Map<Long, Attempt> once = new LinkedHashMap<>();

    /** Commands sent to an earlier leader, and the time of the next election. */
    private final List<Attempt> orphans = new ArrayList<>();

    private long orphanedNanos;

    private final Queue<Decided> unapplied = new PriorityQueue<>(Comparator.comparingLong(Decided::slot));
    private final Deque<Client> byDeadline = new ArrayDeque<>();

    private @Nullable NodeId leader;
    private Ballot ballot = Ballot.ZERO;
    private long applied;

    /** @param firstId at random, so that the ids of another life of this member do not return */
    Forwarding(NodeId self, ForwardingSettings settings, long firstId, Route route) {
        this.self = self;
        this.settings = settings;
        this.route = route;
        lastId = firstId;
    }

    /** @param listener receives the reply, once; {@link ForwardedReply.RetryLater} and refusals are final */
    void submit(ForwardedRequest body, Consumer<ForwardedReply> listener, long nowNanos) {
        var client = new Client(listener, nowNanos + settings.requestTimeout().toNanos());
        byDeadline.add(client);
        if (body instanceof ForwardedRequest.ReadBarrier) {
            readers.add(client);
        } else {
            var request = new PendingRequest(body, List.of(client));
            client.request = request;
            ready.add(request);
        }
    }

    /** Sends what is ready. */
    void dispatch(@Nullable NodeId currentLeader, Ballot currentBallot, long nowNanos) {
        leader = currentLeader;
        if (currentLeader == null) {
            return;
        }
        if (!currentBallot.equals(ballot)) {
            ballot = currentBallot;
            orphan(nowNanos);
        }
        for (PendingRequest next = ready.poll(); next != null; next = ready.poll()) {
            if (!next.isAnswered()) {
                send(next, currentLeader, nowNanos);
            }
        }
        if (barriers < settings.maxBarriers() && !readers.isEmpty()) {
            var barrier = new PendingRequest(new ForwardedRequest.ReadBarrier(), readers);
            readers.forEach(reader -> reader.request = barrier);
            readers = new ArrayList<>();
            send(barrier, currentLeader, nowNanos);
        }
    }

    /** There is another leader. If this member was the leader, it has reported the outcome of all its requests. */
    private void orphan(long nowNanos) {
        once.values().stream().filter(attempt -> !attempt.to().equals(self)).forEach(orphans::add);
        orphanedNanos = nowNanos;
        for (Attempt attempt : List.copyOf(repeatable.values())) {
            if (!attempt.to().equals(self)) {
                giveUp(attempt);
                ready.add(attempt.request());
            }
        }
    }

    private void send(PendingRequest request, NodeId to, long nowNanos) {
        var attempt = new Attempt(++lastId, request, to, ballot, nowNanos);
        request.attempt = attempt;
        (request.isRepeatable() ? repeatable : once).put(attempt.id(), attempt);
        barriers += isBarrier(request) ? 1 : 0;
        if (to.equals(self)) {
            route.serveHere(attempt.id(), request.body);
        } else if (!route.send(to, attempt.id(), request.body)) {
            takeBack(attempt);
            refused.add(request);
        }
    }

    private static boolean isBarrier(PendingRequest request) {
        return request.body instanceof ForwardedRequest.ReadBarrier;
    }

    /** Its reply has not come, and is no longer used. It may have had an effect. */
    private void giveUp(Attempt attempt) {
        attempt.request().mayHaveEffect = true;
        takeBack(attempt);
    }

    /** The reply to its last message is no longer used. */
    private void takeBack(Attempt attempt) {
        attempt.request().attempt = null;
        PendingRequest request = attempt.request();
        (request.isRepeatable() ? repeatable : once).remove(attempt.id());
        barriers -= isBarrier(request) ? 1 : 0;
    }

    /** @param from the member that replies, perhaps this one */
    void replied(NodeId from, long id, ForwardedReply reply) {
        Attempt attempt = repeatable.getOrDefault(id, once.get(id));
        if (attempt == null || !attempt.to().equals(from)) {
            return;
        }
        takeBack(attempt);
        PendingRequest request = attempt.request();
        switch (reply) {
            case ForwardedReply.Executed(long slot, StoreResponse _) -> answerAt(slot, request, reply);
            case ForwardedReply.ReadableAt(long slot) -> answerAt(slot, request, reply);
            case ForwardedReply.MembershipChanged(long slot) ->
                answerAt(removesThisMember(request) ? 0 : slot, request, reply);
            case ForwardedReply.Refused(var refusal) when isTemporary(refusal) -> refused.add(request);
            case ForwardedReply.Unknown()
            when request.isRepeatable() -> {
                request.mayHaveEffect = true;
                refused.add(request);
            }
            default -> request.answer(reply);
        }
        forgetAnswered();
    }

    /** In that case, possibly no member informs this one that the change is decided. */
    private boolean removesThisMember(PendingRequest request) {
        return request.body instanceof ForwardedRequest.ChangeMembership(MembershipRequest change)
                && change.equals(new MembershipRequest.Remove(self));
    }

    private static boolean isTemporary(Refusal refusal) {
        return refusal instanceof Refusal.NotLeader || refusal instanceof Refusal.Transferring;
    }

    private void answerAt(long slot, PendingRequest request, ForwardedReply reply) {
        if (slot <= applied) {
            request.answer(reply);
        } else {
            request.isDecided = true;
            unapplied.add(new Decided(slot, request, reply));
        }
    }

    /** @param slot the last slot that this member has applied */
    void applied(long slot) {
        applied = slot;
        for (Decided next = unapplied.peek(); next != null && next.slot <= slot; next = unapplied.peek()) {
            unapplied.remove();
            next.request.answer(next.reply);
        }
        forgetAnswered();
    }

    /** Time has passed. */
    void tick(long nowNanos) {
        ready.addAll(refused);
        refused.clear();
        askAgain(nowNanos);
        giveUpOrphans(nowNanos);
        while (!byDeadline.isEmpty() && byDeadline.getFirst().deadlineNanos - nowNanos <= 0) {
            timeOut(byDeadline.removeFirst());
        }
        readers.removeIf(Client::isAnswered);
        unapplied.removeIf(decided -> decided.request.isAnswered());
    }

    private void askAgain(long nowNanos) {
        Iterator<Attempt> oldest = repeatable.values().iterator();
        List<Attempt> overdue = new ArrayList<>();
        while (oldest.hasNext()) {
            Attempt attempt = oldest.next();
            if (nowNanos - attempt.sentNanos() < settings.askAgainAfter().toNanos()) {
                break;
            }
            if (!attempt.to().equals(self)) {
                overdue.add(attempt);
            }
        }
        for (Attempt attempt : overdue) {
            giveUp(attempt);
            ready.add(attempt.request());
        }
    }

    private void giveUpOrphans(long nowNanos) {
        if (!orphans.isEmpty()
                && nowNanos - orphanedNanos >= settings.graceAfterElection().toNanos()) {
            for (Attempt attempt : orphans) {
                if (once.containsKey(attempt.id())) {
                    takeBack(attempt);
                    attempt.request().answer(new ForwardedReply.Unknown());
                }
            }
            orphans.clear();
            forgetAnswered();
        }
    }

    /** This member stops: replies to all requests as at their deadlines. */
    void end() {
        while (!byDeadline.isEmpty()) {
            timeOut(byDeadline.removeFirst());
        }
    }

    /**
     * A request that was sent may have taken effect, with its last message or with an earlier one; so may a command that is decided, but
     * not applied here.
     */
    private void timeOut(Client client) {
        if (client.isAnswered()) {
            return;
        }
        PendingRequest request = client.request;
        boolean hasNoEffect = request == null
                || !request.changesAnything()
                || request.attempt == null && !request.isDecided && !request.mayHaveEffect;
        if (request != null && request.attempt != null && !request.isRepeatable()) {
            takeBack(request.attempt);
        }
        client.answer(
                hasNoEffect ? new ForwardedReply.Refused(new Refusal.NotLeader(leader)) : new ForwardedReply.Unknown());
    }

    private void forgetAnswered() {
        while (!byDeadline.isEmpty() && byDeadline.getFirst().isAnswered()) {
            byDeadline.removeFirst();
        }
    }
}
