package io.orderly.coordinator.member;

import io.orderly.coordinator.clock.TimestampRange;
import io.orderly.coordinator.consensus.Origin;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.peer.ForwardedReply;
import io.orderly.coordinator.peer.ForwardedRequest;
import io.orderly.coordinator.server.CoordinatorServer;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.CommandCodec;
import io.orderly.coordinator.store.MalformedException;
import io.orderly.coordinator.store.StoreResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Serves requests as the leader, those of this member's clients and those that other members forward. Refuses them if this member does not
 * lead.
 */
final class LeaderRequests {

    private static final Refusal NEWER =
            new Refusal.Invalid("the member that was to execute this command runs an older program");

    private final ReplicaRequests replica;
    private final CoordinatorServer server;
    private final BooleanSupplier acceptsData;
    private final BooleanSupplier isOverloaded;

    /** Read barriers of this turn, which share one request to the replica. */
    private List<Consumer<ForwardedReply>> barriers = new ArrayList<>();

    /**
     * @param acceptsData whether there is space on the disks for commands that add data
     * @param isOverloaded whether commands are refused, because too many that are decided wait to be applied
     */
    LeaderRequests(
            ReplicaRequests replica,
            CoordinatorServer server,
            BooleanSupplier acceptsData,
            BooleanSupplier isOverloaded) {
        this.replica = replica;
        this.server = server;
        this.acceptsData = acceptsData;
        this.isOverloaded = isOverloaded;
    }

    /** @param listener called once, perhaps before this returns */
    void serve(ForwardedRequest request, Consumer<ForwardedReply> listener) {
        switch (request) {
            // once decided, it would stop every member that does not know its version
            case ForwardedRequest.Execute(byte[] command)
            when CommandCodec.isNewer(command) -> listener.accept(new ForwardedReply.Refused(NEWER));
            case ForwardedRequest.Execute(byte[] command)
            when !acceptsData.getAsBoolean() && isLeader() && addsData(command) ->
                listener.accept(new ForwardedReply.Refused(new Refusal.DiskFull()));
            case ForwardedRequest.Execute _
            when isOverloaded.getAsBoolean() && isLeader() ->
                listener.accept(new ForwardedReply.Refused(new Refusal.Overloaded()));
            case ForwardedRequest.Execute(byte[] command) ->
                replica.propose(
                        command, Origin.CLIENT, (outcome, response) -> listener.accept(executed(outcome, response)));
            case ForwardedRequest.ReadBarrier() -> addBarrier(listener);
            case ForwardedRequest.KeepAlive(long lease) ->
                server.keepAlive(lease, reply -> listener.accept(replyOf(reply, LeaderRequests::keptAlive)));
            case ForwardedRequest.TimeToLive(long lease) ->
                server.timeToLive(
                        lease, reply -> listener.accept(replyOf(reply, remaining -> timeToLive(lease, remaining))));
            case ForwardedRequest.AllocateTimestamps(int count) ->
                server.timestamps(count, reply -> listener.accept(replyOf(reply, LeaderRequests::allocated)));
            case ForwardedRequest.ChangeMembership(var change) ->
                replica.change(change, (outcome, _) -> listener.accept(changed(outcome)));
            case ForwardedRequest.TransferLeadership(var target) ->
                replica.transfer(target, (outcome, _) -> listener.accept(transferred(outcome)));
        }
    }

    private boolean isLeader() {
        return replica.status().role() == Status.Role.LEADER;
    }

    /** A command that cannot be decoded is refused by the store. */
    private static boolean addsData(byte[] command) {
        try {
            return CommandCodec.decode(command).addsData();
        } catch (MalformedException e) {
            return false;
        }
    }

    private void addBarrier(Consumer<ForwardedReply> listener) {
        if (barriers.isEmpty()) {
            List<Consumer<ForwardedReply>> sharing = barriers;
            replica.read(Origin.CLIENT, (outcome, _) -> {
                ForwardedReply reply = readable(outcome);
                sharing.forEach(one -> one.accept(reply));
            });
        }
        barriers.add(listener);
    }

    /** The step of the replica begins: later barriers need a request of their own. */
    void stepBegins() {
        if (!barriers.isEmpty()) {
            barriers = new ArrayList<>();
        }
    }

    private static ForwardedReply executed(ReplicaOutcome outcome, @Nullable StoreResponse response) {
        return outcome instanceof ReplicaOutcome.Applied applied && response != null
                ? new ForwardedReply.Executed(applied.slot(), response)
                : failed(outcome);
    }

    private static ForwardedReply readable(ReplicaOutcome outcome) {
        return outcome instanceof ReplicaOutcome.Readable readable
                ? new ForwardedReply.ReadableAt(readable.slot())
                : failed(outcome);
    }

    private static ForwardedReply changed(ReplicaOutcome outcome) {
        return outcome instanceof ReplicaOutcome.Applied applied
                ? new ForwardedReply.MembershipChanged(applied.slot())
                : failed(outcome);
    }

    private static ForwardedReply transferred(ReplicaOutcome outcome) {
        return outcome instanceof ReplicaOutcome.HandedOver
                ? new ForwardedReply.LeadershipTransferred()
                : failed(outcome);
    }

    private static ForwardedReply failed(ReplicaOutcome outcome) {
        return replyOf(Reply.withoutResult(outcome), _ -> new ForwardedReply.Unknown());
    }

    private static ForwardedReply keptAlive(OptionalLong ttlMillis) {
        return ttlMillis.isPresent()
                ? new ForwardedReply.KeptAlive(ttlMillis.getAsLong())
                : new ForwardedReply.NoSuchLease();
    }

    private ForwardedReply timeToLive(long lease, OptionalLong remainingMillis) {
        var known = server.state().lease(lease);
        return remainingMillis.isPresent() && known.isPresent()
                ? new ForwardedReply.TimeToLive(
                        remainingMillis.getAsLong(), known.get().ttlMillis())
                : new ForwardedReply.NoSuchLease();
    }

    private static ForwardedReply allocated(TimestampRange range) {
        return new ForwardedReply.Allocated(range);
    }

    private static <R> ForwardedReply replyOf(Reply<R> reply, Function<R, ForwardedReply> completed) {
        return switch (reply) {
            case Reply.Completed<R>(R result) -> completed.apply(result);
            case Reply.Refused<R>(Refusal refusal) -> new ForwardedReply.Refused(refusal);
            case Reply.RetryLater<R>(var delay) -> new ForwardedReply.RetryLater(delay);
            case Reply.Unknown<R>() -> new ForwardedReply.Unknown();
        };
    }
}
