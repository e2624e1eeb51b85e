package io.orderly.coordinator.member;

import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.store.MemberDescription;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All members as far as this member knows them: who they are from consensus, the rest from the replicated state or its configuration. */
final class MemberDirectory {

    private final List<Member> configured;
    private Membership membership = Membership.UNKNOWN;
    private List<MemberDescription> descriptions = List.of();
    private List<Member> members;

    /** @param configured whom this member knows when it starts; what is replicated of them takes precedence */
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

    /** By id. */
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

    /** Where the other members are reached, by the first of their URLs that can be used. */
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
