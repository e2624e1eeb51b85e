package io.orderly.coordinator.simulation;

import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.node.StateMachine;
import io.orderly.coordinator.simulation.workload.WorkloadServer;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The state of the workload's server, whose every change is checked. */
final class CheckedMachine implements StateMachine<Object> {

    private final NodeId node;
    private final ClusterChecker checker;
    private final WorkloadServer server;

    /** The slots of snapshots from which the state will be restored. */
    private final Deque<Long> installed = new ArrayDeque<>();

    CheckedMachine(NodeId node, ClusterChecker checker, WorkloadServer server) {
        this.node = node;
        this.checker = checker;
        this.server = server;
    }

    /** A snapshot up to this slot was installed, and the state will be restored from it. */
    void installed(long slot) {
        installed.add(slot);
    }

    @Override
    public Object apply(Entry entry) {
        Object result = server.apply(entry);
        if (checker.applies(node, entry, server.fingerprint())) {
            server.decided();
        }
        return result;
    }

    @Override
    public Iterator<byte[]> snapshot() {
        return server.snapshot();
    }

    @Override
    public Restoration restoration(InputStream snapshot) {
        Restoration restoration = server.restoration(snapshot);
        return () -> {
            boolean isInPlace = restoration.step();
            if (isInPlace) {
                checker.restores(node, installed.remove(), server.fingerprint());
            }
            return isInPlace;
        };
    }
}
