package io.orderly.gossip.udp;

import io.orderly.gossip.member.MemberDescription;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a node is, and where it looks for others.
 *
 * @param cluster its name; messages of other clusters are refused
 * @param id of the member, unique in the cluster
 * @param service what it is an instance of
 * @param httpUrl where it receives requests
 * @param bind the address to receive messages at; port 0 takes a free one
 * @param advertised the address at which the others find this node, and from which its messages arrive, where it differs from the bound one,
 *     as for a wildcard; port 0 stands for the bound port. Null for the bound address
 * @param seeds addresses of other members; host names are resolved again and again, since they may not be known yet
 */
public record NodeAddresses(
        String cluster,
        String id,
        String service,
        String httpUrl,
        InetSocketAddress bind,
        @Nullable InetSocketAddress advertised,
        List<InetSocketAddress> seeds) {

    /** @throws IllegalArgumentException if an address is not resolved, or the one for the others is a wildcard */
    public NodeAddresses {
        if (bind.isUnresolved()) {
            throw new IllegalArgumentException("The address is not resolved: " + bind);
        }
        InetSocketAddress forOthers = advertised == null ? bind : advertised;
        if (forOthers.isUnresolved() || forOthers.getAddress().isAnyLocalAddress()) {
            throw new IllegalArgumentException("Other members cannot send to the address " + forOthers);
        }
        seeds = List.copyOf(seeds);
    }

    MemberDescription describe(InetSocketAddress bound, long startedAtMillis) {
        InetSocketAddress address = bound;
        if (advertised != null) {
            int port = advertised.getPort() == 0 ? bound.getPort() : advertised.getPort();
            address = new InetSocketAddress(advertised.getAddress(), port);
        }
        return new MemberDescription(id, service, address, httpUrl, startedAtMillis);
    }
}
