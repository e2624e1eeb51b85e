package io.orderly.kit.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param maxBodySize the largest request body that is read, 1 MiB by default; a larger one is answered with 413. Every
 *     request under way holds its body in memory, so this times the number of concurrent requests has to fit there
 */
@ConfigurationProperties("orderly.http")
record HttpProperties(@DefaultValue("1MB") DataSize maxBodySize) {

    private static final DataSize LARGEST = DataSize.ofMegabytes(1024);

    HttpProperties {
        if (maxBodySize.toBytes() < 1 || maxBodySize.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException(
                    "orderly.http.max-body-size must be from 1 byte to " + LARGEST + ", was " + maxBodySize);
        }
    }
}
