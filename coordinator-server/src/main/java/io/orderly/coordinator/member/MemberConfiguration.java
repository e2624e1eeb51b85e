package io.orderly.coordinator.member;

import io.orderly.coordinator.consensus.NodeId;
import java.util.List;

/**
 * Who a member is, and whom it knows when it starts.
 *
 * @param clusterId of all members of the cluster
 * @param self the id of this member
 * @param members those that are known; what is replicated of them takes precedence
 */
public record MemberConfiguration(long clusterId, NodeId self, List<Member> members) {

    public MemberConfiguration {
        members = List.copyOf(members);
    }
}
