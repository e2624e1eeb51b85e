package io.orderly.kit.members;

import io.orderly.gossip.udp.NodeAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who this instance is, and where it is reached.
 *
 * @param id of the member
 * @param service its {@code spring.application.name}
 * @param properties what is configured
 * @param serverHost the configured address of the web server; null for all interfaces
 */
record Instance(
        String id,
        String service,
        MembersProperties properties,
        @Nullable String serverHost) {

    private static final int RANDOM_LENGTH = 8;

    static Instance of(String service, MembersProperties properties, @Nullable String serverHost) {
        String instance = properties.instance();
        String part = instance == null ? UUID.randomUUID().toString().substring(0, RANDOM_LENGTH) : instance;
        return new Instance(service + "-" + part, service, properties, serverHost);
    }

    /**
     * @param httpPort of the web server
     * @throws UnknownHostException if the host to bind or to advertise cannot be resolved
     * @throws IllegalArgumentException if the configured addresses do not fit together
     */
    NodeAddresses addresses(int httpPort) throws UnknownHostException {
        String bindHost = properties.bindHost() == null ? serverHost : properties.bindHost();
        int bindPort = properties.bindPort() == null ? httpPort : properties.bindPort();
        InetSocketAddress bind = bindHost == null
                ? new InetSocketAddress(bindPort)
                : new InetSocketAddress(InetAddress.getByName(bindHost), bindPort);
        InetAddress advertised = advertisedHost(bind.getAddress());
        int advertisedPort = properties.advertisedPort() == null ? 0 : properties.advertisedPort();
        return new NodeAddresses(
                properties.cluster(),
                id,
                service,
                url(advertised, httpPort),
                bind,
                new InetSocketAddress(advertised, advertisedPort),
                properties.seeds().stream().map(Instance::seed).toList());
    }

    private InetAddress advertisedHost(InetAddress bound) throws UnknownHostException {
        if (properties.advertisedHost() != null) {
            return InetAddress.getByName(properties.advertisedHost());
        }
        return bound.isAnyLocalAddress() ? InetAddress.getLocalHost() : bound;
    }

    private String url(InetAddress advertised, int httpPort) {
        if (properties.url() != null) {
            return properties.url().toString();
        }
        String host = properties.advertisedHost() == null ? advertised.getHostAddress() : properties.advertisedHost();
        try {
            // puts IPv6 addresses in brackets
            return new URI("http", null, host, httpPort, null, null, null).toString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'%s' is no host of a URL".formatted(host), e);
        }
    }

    /** Not resolved here: seeds may have no address yet. */
    private static InetSocketAddress seed(String text) {
        int colon = text.lastIndexOf(':');
        return InetSocketAddress.createUnresolved(
                text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
