package io.orderly.kit.httpclient;

import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/** Creates HTTP client request factories whose calls have a connect and a read timeout. */
public final class PooledRequestFactory {

    private PooledRequestFactory() {}

    /**
     * Blocks, which costs nothing on a virtual thread, and tries nothing again by itself: that is for the caller to decide.
     *
     * @param connectTimeout after which an unreachable server counts as away
     * @param readTimeout after which a request's outcome counts as unknown
     * @param connections to one server at most; more calls than that wait for one
     */
    public static ClientHttpRequestFactory create(Duration connectTimeout, Duration readTimeout, int connections) {
        var pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(connections)
                .setMaxConnPerRoute(connections)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(connectTimeout))
                        .build())
                .build();
        var client = HttpClients.custom()
                .setConnectionManager(pool)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .build();
        var requests = new HttpComponentsClientHttpRequestFactory(client);
        requests.setReadTimeout(readTimeout);
        return requests;
    }
}
