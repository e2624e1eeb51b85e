package io.orderly.coordinator.member;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.peer.PeerMessage;
import io.orderly.coordinator.peer.PeerNetwork;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Connects the members of one process, and cuts them off. */
final class InJvmNetwork {

    private final Map<NodeId, PeerNetwork.Receiver> members = new ConcurrentHashMap<>();
    private final Set<NodeId> cutOff = ConcurrentHashMap.newKeySet();

    PeerNetwork join(NodeId self, PeerNetwork.Receiver receiver) {
        members.put(self, receiver);
        return new PeerNetwork() {

            @Override
            public boolean send(NodeId to, PeerMessage message) {
                PeerNetwork.Receiver peer = members.get(to);
                if (peer == null || cutOff.contains(self) || cutOff.contains(to)) {
                    return false;
                }
                peer.received(self, message);
                return true;
            }

            @Override
            public void connectTo(Map<NodeId, InetSocketAddress> peers) {
                // all members of the process are connected
            }
        };
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
