package io.orderly.coordinator.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.peer.ForwardedReply;
import io.orderly.coordinator.peer.ForwardedRequest;
import io.orderly.coordinator.server.CoordinatorServer;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.CommandCodec;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests to a member whose state lags behind what is decided. */
class LeaderRequestsTest {

    private static final NodeId SELF = new NodeId(1);
    private static final byte[] PUT = CommandCodec.encode(StoreCommand.Put.of(Bytes.utf8("k"), Bytes.EMPTY));

    private final List<ForwardedReply> replies = new ArrayList<>();
    private Status.Role role = Status.Role.LEADER;
    private final ReplicaRequests replica = new ReplicaRequests(this::status, () -> 0);
    private final LeaderRequests requests = new LeaderRequests(
            replica,
            new CoordinatorServer(replica, () -> 0, MemberSettings.DEFAULTS.server(), new StoreListener() {}),
            () -> true,
            () -> true);

    private Status status() {
        var ballot = new Ballot(1, 1);
        return new Status(SELF, role, ballot, ballot, null, 0, 0, 0, 0, Membership.of(1), List.of(), 0);
    }

    @Test
    void aLeaderRefusesCommands() {
        requests.serve(new ForwardedRequest.Execute(PUT), replies::add);
        assertThat(replies).containsExactly(new ForwardedReply.Refused(new Refusal.Overloaded()));
    }

    /** The client is to go to the leader instead of waiting for this member. */
    @Test
    void aMemberThatDoesNotLeadAnyMoreLeavesTheRefusalToItsReplica() {
        role = Status.Role.FOLLOWER;
        requests.serve(new ForwardedRequest.Execute(PUT), replies::add);
        assertThat(replies).isEmpty();
        assertThat(replica.isEmpty()).isFalse();
    }
}
