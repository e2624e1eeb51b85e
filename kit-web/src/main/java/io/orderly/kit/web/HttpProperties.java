package io.orderly.kit.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param maxBodySize the largest request body that is read, 1 MiB by default; a larger one is answered with 413
 * @param maxLargeBodies how many bodies of more than 16 KiB are in memory at once, those that are still arriving included, 16 by
 *     default; one more is answered with 503. This times the largest body has to fit into memory. Smaller bodies are not
 *     limited by this, so large ones that arrive slowly keep no small one away
 * @param maxConcurrentRequests how many requests may be under way, 100 by default; more are answered with 503 at once. A
 *     request counts once it has arrived completely. More of them only wait for the database together; fewer turn clients
 *     away over a hiccup that all would have survived
 * @param requestTimeout how long a request may take from its first byte to its last, 10 s by default. A body that is not
 *     complete by then is answered with 408, a head is not answered, and the connection is closed. A shorter time turns away
 *     clients with large bodies on slow lines; in a longer one, slow clients hold more connections
 * @param maxConnections how many connections may be open, 1000 by default; further clients wait until one of them is closed.
 *     Each may hold 64 KiB of buffers for a request that is arriving: its head, the start of its body, the socket's
 */
@ConfigurationProperties("orderly.http")
record HttpProperties(
        @DefaultValue("1MB") DataSize maxBodySize,
        @DefaultValue("16") int maxLargeBodies,
        @DefaultValue("100") int maxConcurrentRequests,
        @DefaultValue("10s") Duration requestTimeout,
        @DefaultValue("1000") int maxConnections) {

    private static final DataSize LARGEST = DataSize.ofMegabytes(1024);
    private static final Duration LONGEST = Duration.ofHours(1);

    HttpProperties {
        if (maxBodySize.toBytes() < 1 || maxBodySize.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException(
                    "orderly.http.max-body-size must be from 1 byte to " + LARGEST + ", was " + maxBodySize);
        }
        requirePositive("max-large-bodies", maxLargeBodies);
        requirePositive("max-concurrent-requests", maxConcurrentRequests);
        requirePositive("max-connections", maxConnections);
        if (!requestTimeout.isPositive() || requestTimeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("orderly.http.request-timeout must be above zero and at most " + LONGEST
                    + ", was " + requestTimeout);
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("orderly.http." + name + " must be above zero, was " + value);
        }
    }
}
