package io.orderly.coordinator.connection;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.web.server.Ssl;

/**
 * TLS of the ports of a member. The bundles are those of Spring Boot, {@code spring.ssl.bundle}. With {@code reload-on-update}, files
 * that are replaced are used for connections opened afterwards. The port of REST has Spring Boot's own {@code server.ssl.bundle}.
 *
 * @param peerBundle the name of the bundle for connections between members, with a keystore and a truststore: each side shows a
 *     certificate that the other one verifies. The certificate must be for the host of {@code peer-url}, and must be allowed both for
 *     servers and for clients if it says for what it may be used. The same choice for all members: one with TLS and one without
 *     cannot talk. Null for no TLS: hosts that reach the port can then act as a member, and those on the way read everything
 * @param clientBundle the name of the bundle of the port of the etcd API and its JSON gateway. Null for no TLS
 * @param clientAuth whether clients send a certificate that the truststore of the bundle verifies: {@code none}, {@code want}, which
 *     verifies one that is sent, or {@code need}, which refuses clients without
 */
@ConfigurationProperties("orderly.coordinator.tls")
public record TlsProperties(
        @Nullable String peerBundle,
        @Nullable String clientBundle,
        @DefaultValue("none") Ssl.ClientAuth clientAuth) {

    /** The names of the settings. */
    static final String PEER_BUNDLE = "orderly.coordinator.tls.peer-bundle";

    static final String CLIENT_BUNDLE = "orderly.coordinator.tls.client-bundle";

    /** @throws IllegalArgumentException if two values do not fit together */
    public TlsProperties {
        if (clientBundle == null && clientAuth != Ssl.ClientAuth.NONE) {
            throw new IllegalArgumentException(
                    "%s is missing, and client-auth is %s".formatted(CLIENT_BUNDLE, clientAuth));
        }
    }
}
