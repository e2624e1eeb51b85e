package io.orderly.coordinator.log;

import io.orderly.coordinator.consensus.NodeId;
import java.util.UUID;

/**
 * The owner of a folder. It is in every file, so that the files of another node or cluster are not mistaken for those of this node.
 *
 * @param cluster drawn once, when the cluster is created
 * @param node never used again by a node that lost its disk
 */
public record NodeIdentity(UUID cluster, NodeId node) {

    @Override
    public String toString() {
        return "node " + node + " of cluster " + cluster;
    }
}
