package io.orderly.lab.coordinator;

import io.orderly.lab.fault.proxy.Direction;
import io.orderly.lab.fault.proxy.LinkConditions;
import io.orderly.lab.fault.proxy.TcpProxy;
import java.util.ArrayList;
import java.util.List;

/**
 * Proxies between the members, by which single directions can be cut or delayed.
 *
 * <p>If a program can give each member its own addresses of the others, there is one proxy for each ordered pair. Otherwise there is one in
 * front of each member. Then only the outgoing messages of a member can be distinguished: those that leave it over connections that others
 * have opened. With etcd, a member sends over a stream that the receiver has opened.
 */
public final class PeerLinks implements PeerRoutes, AutoCloseable {

    private record Link(int from, int to, TcpProxy proxy) {}

    /** For {@link Link#from} of a proxy that all members use. */
    private static final int ANY = 0;

    private final boolean isPerPair;
    private final List<Link> links = new ArrayList<>();

    PeerLinks(List<MemberPorts> members, boolean isPerPair, long seed) {
        this.isPerPair = isPerPair;
        for (MemberPorts to : members) {
            if (isPerPair) {
                members.stream()
                        .filter(from -> !from.equals(to))
                        .forEach(from -> links.add(link(from.number(), to, seed)));
            } else {
                links.add(link(ANY, to, seed));
            }
        }
    }

    private static Link link(int from, MemberPorts to, long seed) {
        return new Link(from, to.number(), TcpProxy.start("peer", to.peer(), seed));
    }

    @Override
    public int port(MemberPorts from, MemberPorts to) {
        return links.stream()
                .filter(link -> link.to == to.number() && (!isPerPair || link.from == from.number()))
                .map(link -> link.proxy.port())
                .findFirst()
                .orElse(to.peer());
    }

    /** Whether the incoming messages of a member can be impaired alone. */
    public boolean canImpairReceiving() {
        return isPerPair;
    }

    /** Sets the conditions of all messages from this member to others. */
    public void setSending(int member, LinkConditions conditions) {
        for (Link link : links) {
            if (link.from == member) {
                link.proxy.set(Direction.UP, conditions);
            }
            if (link.to == member) {
                link.proxy.set(Direction.DOWN, conditions);
            }
        }
    }

    /**
     * Sets the conditions of all messages from others to this member.
     *
     * @throws IllegalStateException if these cannot be distinguished from others
     */
    public void setReceiving(int member, LinkConditions conditions) {
        if (!isPerPair) {
            throw new IllegalStateException("needs a proxy for each ordered pair of members");
        }
        for (Link link : links) {
            if (link.to == member) {
                link.proxy.set(Direction.UP, conditions);
            }
            if (link.from == member) {
                link.proxy.set(Direction.DOWN, conditions);
            }
        }
    }

    /** Ends all impairments. */
    public void heal() {
        for (Link link : links) {
            for (Direction direction : Direction.values()) {
                link.proxy.set(direction, LinkConditions.UNIMPAIRED);
            }
        }
    }

    @Override
    public void close() {
        links.forEach(link -> link.proxy.close());
    }
}
