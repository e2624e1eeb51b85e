package io.orderly.coordinator.member;

import io.orderly.coordinator.consensus.NodeId;
import java.util.List;

/**
 * The identity of a member, and the members that it knows when it starts.
 *
 * @param clusterId of all members of the cluster
 * @param self the id of this member
 * @param members the known members; replicated descriptions take precedence
 */
public record MemberConfiguration(long clusterId, NodeId self, List<Member> members) {

    public MemberConfiguration {
        members = List.copyOf(members);
    }
}
