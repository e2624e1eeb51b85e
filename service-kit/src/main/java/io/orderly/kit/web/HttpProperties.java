package io.orderly.kit.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param maxBodySize the largest request body that is read, 1 MiB by default; a larger one is answered with 413. Every
 *     request under way holds its body in memory, so this times the number of concurrent requests has to fit there
 * @param maxConcurrentRequests how many requests may be under way, 100 by default; more are answered with 503 at once. More
 *     of them only wait for the database together; fewer turn clients away over a hiccup that all would have survived
 */
@ConfigurationProperties("orderly.http")
record HttpProperties(
        @DefaultValue("1MB") DataSize maxBodySize,
        @DefaultValue("100") int maxConcurrentRequests) {

    private static final DataSize LARGEST = DataSize.ofMegabytes(1024);

    HttpProperties {
        if (maxBodySize.toBytes() < 1 || maxBodySize.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException(
                    "orderly.http.max-body-size must be from 1 byte to " + LARGEST + ", was " + maxBodySize);
        }
        if (maxConcurrentRequests < 1) {
            throw new IllegalArgumentException(
                    "orderly.http.max-concurrent-requests must be above zero, was " + maxConcurrentRequests);
        }
    }
}
