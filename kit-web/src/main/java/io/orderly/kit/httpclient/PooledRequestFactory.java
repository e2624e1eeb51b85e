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
     * Creates a blocking request factory that does not retry, follow redirects or keep cookies.
     *
     * @param connectTimeout how long to wait for a connection
     * @param readTimeout how long to wait for data of a response; after that, the outcome of the request is unknown
     * @param connections the maximum number of connections; further calls wait for a free connection
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
