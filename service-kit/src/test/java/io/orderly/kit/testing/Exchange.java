package io.orderly.kit.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * A request and its response.
 *
 * @param path the encoded path, as sent
 * @param query the encoded query, as sent; null if there was none
 * @param contentType the media type of the response; null if it has none
 */
record Exchange(
        String method,
        String path,
        @Nullable String query,
        HttpHeaders requestHeaders,
        byte[] requestBody,
        int status,
        @Nullable String contentType,
        HttpHeaders headers,
        byte[] body) {

    boolean succeeded() {
        return status < 400;
    }

    /** The parameters of the query, decoded. */
    Map<String, List<String>> queryParameters() {
        return UriComponentsBuilder.newInstance().query(query).build().getQueryParams().entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        parameter -> UriUtils.decode(parameter.getKey(), UTF_8),
                        parameter -> parameter.getValue().stream()
                                .map(value -> value == null ? "" : UriUtils.decode(value, UTF_8))
                                .toList()));
    }

    @Override
    public String toString() {
        return "%s %s%s got %d %s %s"
                .formatted(
                        method,
                        path,
                        query == null ? "" : "?" + query,
                        status,
                        contentType,
                        new String(body, 0, Math.min(body.length, 1_000), UTF_8));
    }
}
