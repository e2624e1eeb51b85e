package io.orderly.coordinator.connection;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.time.Duration;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.Ssl;

/**
 * TLS of the port for clients. By ALPN it chooses HTTP/1.1 for clients that can speak both that and HTTP/2: gRPC's clients offer HTTP/2
 * alone, and the others want the JSON gateway, which HTTP/2 does not have. Clients without ALPN may speak either. Thread-safe.
 */
public final class ClientTls {

    private static final ApplicationProtocolConfig PROTOCOLS = new ApplicationProtocolConfig(
            ApplicationProtocolConfig.Protocol.ALPN,
            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
            ApplicationProtocolNames.HTTP_1_1,
            ApplicationProtocolNames.HTTP_2);

    private final ReloadedBundle<SslContext> bundle;

    private ClientTls(ReloadedBundle<SslContext> bundle) {
        this.bundle = bundle;
    }

    /**
     * @param name of the bundle
     * @throws org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException if it has no keystore, or no
     *     truststore to verify clients by
     */
    public static ClientTls of(SslBundles bundles, String name, Ssl.ClientAuth clientAuth) {
        return new ClientTls(new ReloadedBundle<>(bundles, name, bundle -> context(bundle, name, clientAuth)));
    }

    private static SslContext context(SslBundle bundle, String name, Ssl.ClientAuth clientAuth) {
        TlsContexts.requireKeyStore(bundle, TlsProperties.CLIENT_BUNDLE, name);
        SslContextBuilder builder = SslContextBuilder.forServer(
                        bundle.getManagers().getKeyManagerFactory())
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(PROTOCOLS)
                .clientAuth(Ssl.ClientAuth.map(clientAuth, ClientAuth.NONE, ClientAuth.OPTIONAL, ClientAuth.REQUIRE));
        if (clientAuth != Ssl.ClientAuth.NONE) {
            TlsContexts.requireTrustStore(bundle, TlsProperties.CLIENT_BUNDLE, name);
            builder.trustManager(bundle.getManagers().getTrustManagerFactory());
        }
        return TlsContexts.build(builder, bundle.getOptions());
    }

    /** Of a connection that was accepted. It is closed if its handshake takes longer than the timeout. */
    public SslHandler accepting(ByteBufAllocator allocator, Duration handshakeTimeout) {
        SslHandler handler = bundle.current().newHandler(allocator);
        handler.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
        return handler;
    }
}
