package io.orderly.provider.http;

import io.orderly.http.TargetViolation;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The target of a request. A key may be any text, including {@code a/b} and {@code ../book}, so the path is split
 * before it is decoded.
 *
 * @param template the path, with {@code {key}} in place of the key
 * @param key the encoded key; null if the path has none
 */
record RequestTarget(String template, @Nullable String key) {

    private static final Pattern KEYED = Pattern.compile("/(charges|authorizations)/([^/]*)(/.*)?");

    /** @throws ProblemException 400 if the path or the query is malformed */
    static RequestTarget of(String path, @Nullable String query) {
        var keyed = KEYED.matcher(path);
        var target = keyed.matches()
                ? new RequestTarget(keyed.replaceFirst("/$1/{key}$3"), keyed.group(2))
                : new RequestTarget(path, null);
        Optional.ofNullable(query)
                .flatMap(TargetViolation::ofQuery)
                .or(() -> TargetViolation.of(target.key == null ? "path" : "key", path))
                .ifPresent(flaw -> {
                    throw ProblemException.malformed(flaw.part(), flaw.detail());
                });
        return target;
    }
}
