package io.orderly.gateway.forwarding;

import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/**
 * The pool of connections to instances. Unlike the kit's factory for calls of services, its client adds nothing to a request and changes nothing in
 * a response.
 */
public final class InstanceConnections {

    /** An instance that ended closed its connections; this finds out before a request is sent, which then could not be repeated. */
    private static final TimeValue CHECK_AFTER_IDLE = TimeValue.ofMilliseconds(100);

    /** Below the 60 s after which Tomcat closes idle connections by default. */
    private static final Timeout MAX_IDLE = Timeout.ofSeconds(10);

    private InstanceConnections() {}

    /**
     * @param connectTimeout how long to wait for a new connection, and for a free one if there are too many
     * @param responseTimeout how long to wait for data
     * @param perInstance the maximum number of connections to an instance; those to all instances are not limited
     */
    public static ClientHttpRequestFactory create(Duration connectTimeout, Duration responseTimeout, int perInstance) {
        Timeout connect = Timeout.of(connectTimeout);
        var pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnPerRoute(perInstance)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setValidateAfterInactivity(CHECK_AFTER_IDLE)
                        .setIdleTimeout(MAX_IDLE)
                        .build())
                .build();
        var client = HttpClients.custom()
                .setConnectionManager(pool)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(connect)
                        .setResponseTimeout(Timeout.of(responseTimeout))
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .addExecInterceptorFirst("abandoned responses", new AbandonedResponses())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .build();
        return new HttpComponentsClientHttpRequestFactory(client);
    }
}
