package io.orderly.gossip.udp;

import io.orderly.gossip.member.MemberDescription;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Who a node is, and where it looks for others.
 *
 * @param cluster its name; messages of other clusters are refused
 * @param id of the member, unique in the cluster
 * @param service what it is an instance of
 * @param httpUrl where it receives requests
 * @param bind the address to receive messages at, and at which the others find this node, so it cannot be a wildcard; port 0 takes a free one
 * @param seeds addresses of other members; host names are resolved again and again, since they may not be known yet
 */
public record NodeAddresses(
        String cluster,
        String id,
        String service,
        String httpUrl,
        InetSocketAddress bind,
        List<InetSocketAddress> seeds) {

    /** @throws IllegalArgumentException if the address to bind is not resolved, or a wildcard */
    public NodeAddresses {
        if (bind.isUnresolved() || bind.getAddress().isAnyLocalAddress()) {
            throw new IllegalArgumentException("Other members cannot send to the address " + bind);
        }
        seeds = List.copyOf(seeds);
    }

    MemberDescription describe(InetSocketAddress bound, long startedAtMillis) {
        return new MemberDescription(id, service, bound, httpUrl, startedAtMillis);
    }
}
