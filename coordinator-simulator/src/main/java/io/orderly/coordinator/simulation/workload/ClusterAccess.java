package io.orderly.coordinator.simulation.workload;

import io.orderly.coordinator.consensus.NodeId;
import java.util.List;
import java.util.function.Consumer;

/** The cluster, as used by clients. */
public interface ClusterAccess {

    /** @return the nodes that a client knows, up or down */
    List<NodeId> nodeIds();

    /**
     * A client's request reaches a node. It is lost if the node is down, and waits if it is paused.
     *
     * @param server that of the workload
     */
    void at(NodeId node, Consumer<WorkloadServer> request);
}
