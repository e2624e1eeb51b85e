package io.orderly.provider.http;

import io.orderly.provider.faults.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A call that can be made.
 *
 * @param template of the path; a segment in braces stands for the key
 * @param reach which faults it is exposed to
 * @param answer what it does; the result is sent as JSON with status 200
 */
record Route(String method, String template, Reach reach, Handler answer) {

    /** How much of {@link Settings} applies. */
    enum Reach {
        /** All of it. */
        ALL_FAULTS,
        /** The outage only. */
        OUTAGE,
        /** Nothing, or it could not be switched off again. */
        NOTHING
    }

    /** What a call does. */
    @FunctionalInterface
    interface Handler {
        Object answer(Call call) throws IOException;
    }

    private static final String KEY = "{key}";

    /** Whether the path is this route's, whatever the method. */
    boolean covers(List<String> segments) {
        var expected = segments(template);
        if (expected.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!expected.get(i).equals(KEY) && !expected.get(i).equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The key in a path that this route covers, still encoded. */
    Optional<String> rawKey(List<String> segments) {
        var at = segments(template).indexOf(KEY);
        return at < 0 ? Optional.empty() : Optional.of(segments.get(at));
    }

    /** The segments of a path that begins with a slash. */
    static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
