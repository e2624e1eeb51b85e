package io.orderly.coordinator.connection;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** TLS between members: each side sends a certificate, and verifies that of the other one. Thread-safe. */
public final class PeerTls {

    private final ReloadedBundle<Contexts> bundle;

    private record Contexts(SslContext accepting, SslContext dialling) {}

    private PeerTls(ReloadedBundle<Contexts> bundle) {
        this.bundle = bundle;
    }

    /**
     * @param name of the bundle
     * @throws org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException if it has no keystore or no
     *     truststore
     */
    public static PeerTls of(SslBundles bundles, String name) {
        return new PeerTls(new ReloadedBundle<>(bundles, name, bundle -> contexts(bundle, name)));
    }

    private static Contexts contexts(SslBundle bundle, String name) {
        TlsContexts.requireKeyStore(bundle, TlsProperties.PEER_BUNDLE, name);
        TlsContexts.requireTrustStore(bundle, TlsProperties.PEER_BUNDLE, name);
        var keys = bundle.getManagers().getKeyManagerFactory();
        var trust = bundle.getManagers().getTrustManagerFactory();
        SslContextBuilder accepting =
                SslContextBuilder.forServer(keys).trustManager(trust).clientAuth(ClientAuth.REQUIRE);
        SslContextBuilder dialling = SslContextBuilder.forClient()
                .keyManager(keys)
                .trustManager(trust)
                .endpointIdentificationAlgorithm("HTTPS");
        return new Contexts(
                TlsContexts.build(accepting, bundle.getOptions()), TlsContexts.build(dialling, bundle.getOptions()));
    }

    /** Of a connection that this member accepts. How long the handshake may take is left to its user. */
    public SslHandler accepting(ByteBufAllocator allocator) {
        return withoutTimeout(bundle.current().accepting.newHandler(allocator));
    }

    /**
     * Of a connection that this member dials. How long the handshake may take is left to its user.
     *
     * @param host for which the certificate of the other side must be
     */
    public SslHandler dialling(ByteBufAllocator allocator, String host, int port) {
        return withoutTimeout(bundle.current().dialling.newHandler(allocator, host, port));
    }

    private static SslHandler withoutTimeout(SslHandler handler) {
        handler.setHandshakeTimeoutMillis(0);
        return handler;
    }

    /**
     * Whether the other side has shown a certificate for a host.
     *
     * @param tls of a connection whose handshake is over
     */
    public static boolean isOtherSide(SslHandler tls, String host) {
        try {
            Certificate[] shown = tls.engine().getSession().getPeerCertificates();
            return shown.length > 0
                    && shown[0] instanceof X509Certificate certificate
                    && CertificateHosts.isFor(certificate, host);
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }
}
