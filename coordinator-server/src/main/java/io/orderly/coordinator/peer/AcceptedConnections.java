package io.orderly.coordinator.peer;

import io.netty.channel.Channel;
import io.orderly.coordinator.consensus.NodeId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The connections that this member accepted: a bounded number without a handshake, and one for each peer and lane. Thread-safe. */
final class AcceptedConnections {

    private final int maxPending;

    /** The hosts of members that {@link #members} may not have named, because this member lagged behind. */
    private final Map<NodeId, InetSocketAddress> configured;

    private Map<NodeId, InetSocketAddress> known = Map.of();
    private final Set<Channel> pending = new LinkedHashSet<>();
    private final Map<Key, Channel> open = new HashMap<>();
    private final Set<NodeId> removed = new HashSet<>();

    private record Key(NodeId peer, Lane lane) {}

    AcceptedConnections(int maxPending, Map<NodeId, InetSocketAddress> configured) {
        this.maxPending = maxPending;
        this.configured = Map.copyOf(configured);
    }

    /** A connection has been accepted. If there are too many without a handshake, the oldest of them is closed. */
    void accepted(Channel channel) {
        Channel oldest = null;
        synchronized (this) {
            pending.add(channel);
            if (pending.size() > maxPending) {
                Iterator<Channel> first = pending.iterator();
                oldest = first.next();
                first.remove();
            }
        }
        close(oldest);
    }

    /** The handshake has succeeded. The peer has abandoned its older connection, which is closed. */
    void opened(Channel channel, NodeId peer, Lane lane) {
        Channel older;
        synchronized (this) {
            pending.remove(channel);
            older = open.put(new Key(peer, lane), channel);
        }
        close(older);
    }

    synchronized void closed(Channel channel) {
        pending.remove(channel);
        open.values().remove(channel);
    }

    /** Closes the connections of removed members, and records these members. */
    void members(Map<NodeId, InetSocketAddress> members, Collection<NodeId> gone) {
        List<Channel> closing = new ArrayList<>();
        synchronized (this) {
            known = Map.copyOf(members);
            removed.addAll(gone);
            removed.removeAll(members.keySet());
            open.forEach((key, channel) -> {
                if (removed.contains(key.peer)) {
                    closing.add(channel);
                }
            });
        }
        closing.forEach(Channel::close);
    }

    synchronized boolean isRemoved(NodeId peer) {
        return removed.contains(peer);
    }

    /**
     * The host of a member: of its replicated address, or else of the configured one. Not of the address that it tells, which says nothing
     * of who it is. Null if this member knows no address of it.
     */
    synchronized @Nullable String hostOf(NodeId peer) {
        InetSocketAddress address = known.getOrDefault(peer, configured.get(peer));
        return address == null ? null : address.getHostString();
    }

    synchronized boolean isOpen(NodeId peer) {
        return open.keySet().stream().anyMatch(key -> key.peer.equals(peer));
    }

    private static void close(@Nullable Channel channel) {
        if (channel != null) {
            channel.close();
        }
    }
}
