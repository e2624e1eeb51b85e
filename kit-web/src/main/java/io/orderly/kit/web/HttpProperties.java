package io.orderly.kit.web;

import io.orderly.kit.settings.SettingDeclaration;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the HTTP server.
 *
 * @param maxBodySize the maximum size of a request body, 1 MiB by default; a larger body gets a 413
 * @param maxLargeBodies the maximum number of bodies of more than 16 KiB that are in memory, including incomplete ones, 16
 *     by default; further requests with such bodies get a 503. The memory must suffice for this number times the maximum
 *     body size. Smaller bodies are not limited by it, so slow large bodies do not block small ones
 * @param maxConcurrentRequests the maximum number of concurrent requests, 100 by default; further requests get a 503 at
 *     once. A request counts from its complete arrival. With a higher limit, requests only wait longer for database
 *     connections; with a lower one, short delays already cause refusals
 * @param requestTimeout how long a request may take to arrive, from its first byte to its last, 10 s by default. An
 *     incomplete body then gets a 408, an incomplete head gets no response, and the connection is closed. With a shorter
 *     time, clients with large bodies on slow networks are refused; with a longer one, slow clients occupy connections
 *     longer
 * @param maxConnections the maximum number of open connections, 1000 by default; further clients wait until a connection is
 *     closed. Each connection may need 64 KiB for an incomplete request: its head, the start of its body, and socket buffers
 */
@ConfigurationProperties("orderly.http")
record HttpProperties(
        @DefaultValue("1MB") DataSize maxBodySize,
        @DefaultValue("16") int maxLargeBodies,
        @DefaultValue("100") int maxConcurrentRequests,
        @DefaultValue("10s") Duration requestTimeout,
        @DefaultValue("1000") int maxConnections) {

    private static final DataSize MAX_BODY_SIZE = DataSize.ofMegabytes(1024);
    private static final Duration MAX_REQUEST_TIMEOUT = Duration.ofHours(1);

    /** More than Tomcat has connections in any sensible configuration. */
    private static final int MAX_CONCURRENT_REQUESTS = 100_000;

    HttpProperties {
        if (maxBodySize.toBytes() < 1 || maxBodySize.compareTo(MAX_BODY_SIZE) > 0) {
            throw new IllegalArgumentException(
                    "orderly.http.max-body-size must be from 1 byte to " + MAX_BODY_SIZE + ", was " + maxBodySize);
        }
        requirePositive("max-large-bodies", maxLargeBodies);
        requirePositive("max-concurrent-requests", maxConcurrentRequests);
        requirePositive("max-connections", maxConnections);
        if (!requestTimeout.isPositive() || requestTimeout.compareTo(MAX_REQUEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("orderly.http.request-timeout must be above zero and at most "
                    + MAX_REQUEST_TIMEOUT + ", was " + requestTimeout);
        }
    }

    /** Declares the limit of concurrent requests as a setting that changes while the service runs. */
    SettingDeclaration<Integer> concurrentRequestsSetting() {
        return SettingDeclaration.integer(
                "http.max-concurrent-requests",
                maxConcurrentRequests,
                1,
                MAX_CONCURRENT_REQUESTS,
                "Further requests get a 503 at once. With a higher limit, requests only wait longer for database connections; "
                        + "with a lower one, short delays already cause refusals.");
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("orderly.http." + name + " must be above zero, was " + value);
        }
    }
}
