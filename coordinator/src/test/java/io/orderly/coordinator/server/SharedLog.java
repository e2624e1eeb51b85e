package io.orderly.coordinator.server;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Origin;
import io.orderly.coordinator.consensus.Payload;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.node.OutcomeListener;
import io.orderly.coordinator.store.StoreListener;
import io.orderly.coordinator.store.StoreResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Servers on one log without failures: {@link #settle} decides the leader's proposals and applies them on every server. */
final class SharedLog {

    private final List<CoordinatorServer> servers = new ArrayList<>();
    private final Deque<Runnable> pending = new ArrayDeque<>();
    private final long[] wallMillis;
    private int leader;
    private long term = 1;
    private long slot;

    SharedLog(int nodes, ServerSettings settings) {
        wallMillis = new long[nodes];
        for (int i = 0; i < nodes; i++) {
            int node = i;
            servers.add(
                    new CoordinatorServer(new Replica(node), () -> wallMillis[node], settings, new StoreListener() {}));
        }
    }

    CoordinatorServer server(int node) {
        return servers.get(node);
    }

    void setClock(int node, long millis) {
        wallMillis[node] = millis;
    }

    /** Pending requests are refused, as by a leader that has stepped down. */
    void elect(int node) {
        leader = node;
        term++;
        settle();
    }

    /** Processes everything that is pending. */
    void settle() {
        servers.forEach(CoordinatorServer::stepped);
        while (!pending.isEmpty()) {
            pending.remove().run();
            servers.forEach(CoordinatorServer::stepped);
        }
    }

    private final class Replica implements ReplicaAccess {

        private final int node;

        Replica(int node) {
            this.node = node;
        }

        private Ballot ballot() {
            return new Ballot(term, leader + 1);
        }

        private ReplicaOutcome refused() {
            return new ReplicaOutcome.NotApplied(1, new Refusal.NotLeader(new NodeId(leader + 1)));
        }

        @Override
        public Status status() {
            return new Status(
                    new NodeId(node + 1),
                    node == leader ? Status.Role.LEADER : Status.Role.FOLLOWER,
                    ballot(),
                    ballot(),
                    new NodeId(leader + 1),
                    slot,
                    slot,
                    slot,
                    0,
                    Membership.of(1, 2, 3),
                    List.of(),
                    0);
        }

        @Override
        public long nowNanos() {
            return 0;
        }

        @Override
        public void propose(byte[] command, Origin origin, OutcomeListener<StoreResponse> listener) {
            pending.add(() -> {
                if (node != leader) {
                    listener.completed(refused(), null);
                    return;
                }
                Entry entry = new Entry(++slot, ballot(), new Payload.Command(command));
                List<StoreResponse> responses =
                        servers.stream().map(server -> server.apply(entry)).toList();
                listener.completed(new ReplicaOutcome.Applied(1, slot), responses.get(node));
            });
        }

        @Override
        public void read(Origin origin, OutcomeListener<StoreResponse> listener) {
            pending.add(
                    () -> listener.completed(node == leader ? new ReplicaOutcome.Readable(1, slot) : refused(), null));
        }
    }
}
