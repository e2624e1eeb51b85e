package io.orderly.coordinator.member;

import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.store.MemberDescription;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All members that this member knows: their ids from consensus, their names and URLs from the replicated state or the configuration. */
final class MemberDirectory {

    private final List<Member> configured;
    private Membership membership = Membership.UNKNOWN;
    private List<MemberDescription> descriptions = List.of();
    private List<Member> members;

    /** @param configured the members known at the start; replicated descriptions take precedence */
    MemberDirectory(List<Member> configured) {
        this.configured = List.copyOf(configured);
        members = this.configured;
    }

    /** @return whether anything has changed */
    boolean update(Membership current, List<MemberDescription> described) {
        if (current.equals(membership) && described == descriptions) {
            return false;
        }
        membership = current;
        descriptions = described;
        // a member that has not joined yet hears of the others when they connect to it, or it connects to those that it
        // was told
        members = current.members().isEmpty()
                ? configured
                : current.members().stream().map(this::member).toList();
        return true;
    }

    /** The members, by id. */
    List<Member> members() {
        return members;
    }

    private Member member(NodeId id) {
        boolean isLearner = membership.isLearner(id);
        return Stream.concat(
                        descriptions.stream()
                                .filter(one -> one.id().equals(id))
                                .map(one -> new Member(id, one.name(), one.peerUrls(), one.clientUrls(), isLearner)),
                        configured.stream()
                                .filter(one -> one.id().equals(id))
                                .map(one -> new Member(id, one.name(), one.peerUrls(), one.clientUrls(), isLearner)))
                .findFirst()
                .orElseGet(() -> new Member(id, "", List.of(), List.of(), isLearner));
    }

    /** The addresses of the other members, from the first usable URL of each. */
    Map<NodeId, InetSocketAddress> peers(NodeId self) {
        Map<NodeId, InetSocketAddress> peers = new HashMap<>();
        for (Member member : members) {
            if (!member.id().equals(self)) {
                member.peerUrls().stream()
                        .flatMap(url -> Addresses.ofUrl(url).stream())
                        .findFirst()
                        .ifPresent(address -> peers.put(member.id(), address));
            }
        }
        return peers;
    }
}
