package io.orderly.coordinator.member;

import io.orderly.coordinator.consensus.NodeId;
import java.util.List;

/**
 * A member of the cluster, according to the replicated state.
 *
 * @param name empty until the member has started for the first time
 * @param peerUrls the URLs for the other members
 * @param clientUrls the URLs for clients; empty until it has started for the first time
 */
public record Member(NodeId id, String name, List<String> peerUrls, List<String> clientUrls, boolean isLearner) {

    public Member {
        peerUrls = List.copyOf(peerUrls);
        clientUrls = List.copyOf(clientUrls);
    }
}
