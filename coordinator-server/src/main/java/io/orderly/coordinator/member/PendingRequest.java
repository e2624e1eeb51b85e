package io.orderly.coordinator.member;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.peer.ForwardedReply;
import io.orderly.coordinator.peer.ForwardedRequest;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An unanswered request. Reads that arrive together share one.
 *
 * @see Forwarding
 */
final class PendingRequest {

    final ForwardedRequest body;
    final List<Client> clients;

    /** The message with which it was sent last; null while it is not sent. */
    @Nullable Attempt attempt;

    /** The leader has replied that it took effect, and this member has not applied its slot yet. */
    boolean isDecided;

    /** A message with which it was sent has no reply, or one that does not tell the outcome. */
    boolean mayHaveEffect;

    /**
     * @param to the leader, perhaps this member
     * @param ballot of the leader
     */
    record Attempt(long id, PendingRequest request, NodeId to, Ballot ballot, long sentNanos) {}

    PendingRequest(ForwardedRequest body, List<Client> clients) {
        this.body = body;
        this.clients = clients;
    }

    /** Whether it may be sent again although its first message may have arrived. */
    boolean isRepeatable() {
        return isRepeatable(body);
    }

    /** Whether a request may be executed again although it may have been before. */
    static boolean isRepeatable(ForwardedRequest body) {
        return switch (body) {
            case ForwardedRequest.ReadBarrier _,
                    ForwardedRequest.KeepAlive _,
                    ForwardedRequest.TimeToLive _,
                    ForwardedRequest.AllocateTimestamps _ -> true;
            case ForwardedRequest.Execute _,
                    ForwardedRequest.ChangeMembership _,
                    ForwardedRequest.TransferLeadership _ -> false;
        };
    }

    /** Whether a client could notice that it was executed: a timestamp that is not used is none. */
    boolean changesAnything() {
        return switch (body) {
            case ForwardedRequest.ReadBarrier _, ForwardedRequest.TimeToLive _, ForwardedRequest.AllocateTimestamps _ ->
                false;
            case ForwardedRequest.KeepAlive _,
                    ForwardedRequest.Execute _,
                    ForwardedRequest.ChangeMembership _,
                    ForwardedRequest.TransferLeadership _ -> true;
        };
    }

    boolean isAnswered() {
        return clients.stream().allMatch(Client::isAnswered);
    }

    void answer(ForwardedReply reply) {
        clients.forEach(client -> client.answer(reply));
    }

    /** The clients that wait for it. */
    static final class Client {

        final long deadlineNanos;

        private @Nullable Consumer<ForwardedReply> listener;

        /**
         * Null until its read joins a barrier, and once it is answered: the client may be referenced for longer than the request is needed.
         */
        @Nullable PendingRequest request;

        Client(Consumer<ForwardedReply> listener, long deadlineNanos) {
            this.listener = listener;
            this.deadlineNanos = deadlineNanos;
        }

        boolean isAnswered() {
            return listener == null;
        }

        /** Passes on the first reply; later replies have no effect. */
        void answer(ForwardedReply reply) {
            Consumer<ForwardedReply> waiting = listener;
            listener = null;
            request = null;
            if (waiting != null) {
                waiting.accept(reply);
            }
        }
    }
}
