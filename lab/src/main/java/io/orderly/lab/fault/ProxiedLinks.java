package io.orderly.lab.fault;

import io.orderly.lab.fault.proxy.TcpProxy;
import io.orderly.stack.link.Link;
import io.orderly.stack.link.Links;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Creates a proxy for every requested link. */
public final class ProxiedLinks implements Links, AutoCloseable {

    private final long seed;
    private final Map<Link, TcpProxy> proxies = new ConcurrentHashMap<>();

    /** @param seed the seed of jitter and packet loss */
    public ProxiedLinks(long seed) {
        this.seed = seed;
    }

    @Override
    public int portOf(Link link, int targetPort) {
        return portOf(link, new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
    }

    /** Like {@link #portOf(Link, int)}, with a target on any machine, whose address is resolved. */
    public int portOf(Link link, InetSocketAddress target) {
        return proxies.computeIfAbsent(
                        link,
                        _ -> TcpProxy.start(
                                link.name(), target, seed ^ link.name().hashCode()))
                .port();
    }

    /** The names of all proxied links, sorted. */
    public List<String> names() {
        return proxies.keySet().stream().map(Link::name).sorted().toList();
    }

    /** All proxied links that begin or end at a process, sorted by name. */
    List<Link> linksOf(String process) {
        return proxies.keySet().stream()
                .filter(link -> link.from().equals(process) || link.to().equals(process))
                .sorted(Comparator.comparing(Link::name))
                .toList();
    }

    Optional<TcpProxy> proxy(Link link) {
        return Optional.ofNullable(proxies.get(link));
    }

    /** Closes all connections. */
    @Override
    public void close() {
        proxies.values().forEach(TcpProxy::close);
    }
}
