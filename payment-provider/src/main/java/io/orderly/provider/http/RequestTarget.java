package io.orderly.provider.http;

import io.orderly.http.TargetViolation;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes. A key may be any text, {@code a/b} and {@code ../book} among them, so the path is taken apart before it is
 * decoded.
 *
 * @param template the path, with {@code {key}} for the key
 * @param key still encoded; null if the path has none
 */
record RequestTarget(String template, @Nullable String key) {

    private static final Pattern KEYED = Pattern.compile("/(charges|authorizations)/([^/]*)(/.*)?");

    /** @throws ProblemException 400 if the path or the query cannot be read */
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
