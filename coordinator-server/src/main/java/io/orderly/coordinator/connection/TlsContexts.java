package io.orderly.coordinator.connection;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;

/** SSL bundles as Netty's contexts, on the TLS of the JDK. */
final class TlsContexts {

    private TlsContexts() {}

    /** @throws InvalidConfigurationPropertyValueException if there is none; it names the setting */
    static void requireKeyStore(SslBundle bundle, String setting, String name) {
        if (bundle.getStores().getKeyStore() == null) {
            throw new InvalidConfigurationPropertyValueException(
                    setting, name, "the bundle has no keystore, and this side has to show a certificate");
        }
    }

    /**
     * Without one, the authorities that the JDK knows would be trusted.
     *
     * @throws InvalidConfigurationPropertyValueException if there is none; it names the setting
     */
    static void requireTrustStore(SslBundle bundle, String setting, String name) {
        if (bundle.getStores().getTrustStore() == null) {
            throw new InvalidConfigurationPropertyValueException(
                    setting, name, "the bundle has no truststore, by which the certificates of others are verified");
        }
    }

    /** @param builder has the certificates */
    static SslContext build(SslContextBuilder builder, SslOptions options) {
        builder.sslProvider(SslProvider.JDK);
        String[] ciphers = options.getCiphers();
        if (ciphers != null) {
            builder.ciphers(List.of(ciphers), SupportedCipherSuiteFilter.INSTANCE);
        }
        String[] protocols = options.getEnabledProtocols();
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
