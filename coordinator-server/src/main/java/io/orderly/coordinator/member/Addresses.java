package io.orderly.coordinator.member;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;

/** Hosts and ports in configuration and URLs. Names are not resolved here. */
final class Addresses {

    private static final int MAX_PORT = 65_535;

    private Addresses() {}

    /** @return empty if it has no host or no port */
    static Optional<InetSocketAddress> ofUrl(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getHost() == null || uri.getPort() < 0 || uri.getPort() > MAX_PORT
                    ? Optional.empty()
                    : Optional.of(InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * @param address as {@code host:port}
     * @throws IllegalArgumentException if it is not
     */
    static InetSocketAddress of(String address) {
        return ofUrl("tcp://" + address)
                .orElseThrow(() -> new IllegalArgumentException("'%s' is not host:port".formatted(address)));
    }
}
