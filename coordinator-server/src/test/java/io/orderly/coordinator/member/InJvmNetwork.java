package io.orderly.coordinator.member;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.peer.PeerMessage;
import io.orderly.coordinator.peer.PeerNetwork;
import io.orderly.coordinator.server.StateHash;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Connects the members of one process, and cuts them off. */
final class InJvmNetwork {

    private final Map<NodeId, PeerNetwork.Receiver> members = new ConcurrentHashMap<>();
    private final Set<NodeId> cutOff = ConcurrentHashMap.newKeySet();
    private volatile @Nullable NodeId wrong;

    PeerNetwork join(NodeId self, PeerNetwork.Receiver receiver) {
        members.put(self, receiver);
        return new PeerNetwork() {

            @Override
            public boolean send(NodeId to, PeerMessage message) {
                PeerNetwork.Receiver peer = members.get(to);
                if (peer == null || cutOff.contains(self) || cutOff.contains(to)) {
                    return false;
                }
                peer.received(self, self.equals(wrong) ? withWrongHash(message) : message);
                return true;
            }

            @Override
            public void collect() {}

            @Override
            public void flush() {}

            @Override
            public void connectTo(Map<NodeId, InetSocketAddress> peers) {
                // all members of the process are connected
            }
        };
    }

    private static PeerMessage withWrongHash(PeerMessage message) {
        return message instanceof PeerMessage.Report(StateHash state, boolean isDiskLow)
                ? new PeerMessage.Report(new StateHash(state.slot(), ~state.hash()), isDiskLow)
                : message;
    }

    /** From now on this member reports wrong hashes, as if its state were not that of the others. */
    void reportWrongHashesOf(NodeId member) {
        wrong = member;
    }

    void leave(NodeId self) {
        members.remove(self);
    }

    void cutOff(NodeId member) {
        cutOff.add(member);
    }

    void reconnect(NodeId member) {
        cutOff.remove(member);
    }
}
