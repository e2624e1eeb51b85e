package io.orderly.coordinator.client.autoconfigure;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** The TLS of clients by an SSL bundle, made again when the bundle is updated. Thread-safe. */
final class BundleTls implements Supplier<SslContext> {

    private static final Logger LOG = LoggerFactory.getLogger(BundleTls.class);

    private volatile SslContext current;

    /** @throws IllegalArgumentException if the bundle cannot be used */
    BundleTls(SslBundles bundles, String name) {
        current = context(bundles.getBundle(name));
        bundles.addBundleUpdateHandler(name, updated -> replace(name, updated));
    }

    private void replace(String name, SslBundle updated) {
        try {
            current = context(updated);
            LOG.info("SSL bundle {} was updated: new connections use it", name);
        } catch (RuntimeException e) {
            LOG.error("SSL bundle {} was updated and cannot be used: the one before stays in use", name, e);
        }
    }

    @Override
    public SslContext get() {
        return current;
    }

    private static SslContext context(SslBundle bundle) {
        SslContextBuilder builder = GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
                .keyManager(bundle.getManagers().getKeyManagerFactory())
                .trustManager(bundle.getManagers().getTrustManagerFactory());
        String[] ciphers = bundle.getOptions().getCiphers();
        if (ciphers != null) {
            builder.ciphers(List.of(ciphers));
        }
        String[] protocols = bundle.getOptions().getEnabledProtocols();
        if (protocols != null) {
            builder.protocols(Arrays.asList(protocols));
        }
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalArgumentException("the SSL bundle cannot be used: " + e.getMessage(), e);
        }
    }
}
