package io.orderly.coordinator.member;

import io.orderly.coordinator.consensus.NodeId;
import java.util.List;

/**
 * A member of the cluster, as it is replicated.
 *
 * @param name empty until the member has started for the first time
 * @param peerUrls where the other members reach it
 * @param clientUrls where clients reach it; empty until it has started for the first time
 */
public record Member(NodeId id, String name, List<String> peerUrls, List<String> clientUrls, boolean isLearner) {

    public Member {
        peerUrls = List.copyOf(peerUrls);
        clientUrls = List.copyOf(clientUrls);
    }
}
