package io.orderly.coordinator.simulation.clients;

import io.orderly.coordinator.consensus.NodeId;
import java.util.List;
import java.util.function.Consumer;

/** The cluster, as its clients see it. */
public interface Service {

    /** @return the nodes that a client knows of, dead or alive */
    List<NodeId> nodes();

    /**
     * @param node which may be down, and is not asked again by itself
     * @param answer told at most once
     */
    void ask(NodeId node, Request request, Consumer<Answer> answer);
}
