package io.orderly.coordinator.log;

import io.orderly.coordinator.consensus.NodeId;
import java.util.UUID;

/**
 * Whose folder it is. It is in every file, so that the files of another node or cluster are never taken for one's own.
 *
 * @param cluster drawn once, when the cluster is made
 * @param node never used again by a node that lost its disk
 */
public record NodeIdentity(UUID cluster, NodeId node) {

    @Override
    public String toString() {
        return "node " + node + " of cluster " + cluster;
    }
}
