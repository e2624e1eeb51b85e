package io.orderly.coordinator.connection;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** TLS of the ports that have it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TlsProperties.class)
class TlsConfiguration {

    @Bean
    @ConditionalOnProperty(TlsProperties.PEER_BUNDLE)
    PeerTls peerTls(SslBundles bundles, TlsProperties properties) {
        return PeerTls.of(bundles, String.valueOf(properties.peerBundle()));
    }

    @Bean
    @ConditionalOnProperty(TlsProperties.CLIENT_BUNDLE)
    ClientTls clientTls(SslBundles bundles, TlsProperties properties) {
        return ClientTls.of(bundles, String.valueOf(properties.clientBundle()), properties.clientAuth());
    }
}
