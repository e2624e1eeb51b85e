package io.orderly.coordinator.simulation.workload;

import io.orderly.coordinator.consensus.NodeId;
import java.util.List;
import java.util.function.Consumer;

/** The cluster, as its clients see it. */
public interface ClusterAccess {

    /** @return the nodes that a client knows of, dead or alive */
    List<NodeId> nodeIds();

    /**
     * A client's words reach a node. They are lost if it is down, and wait if it stands still.
     *
     * @param server that of the workload
     */
    void at(NodeId node, Consumer<WorkloadServer> request);
}
