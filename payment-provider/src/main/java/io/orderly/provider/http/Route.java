package io.orderly.provider.http;

import io.orderly.provider.faults.FaultSettings;
import java.util.function.Function;

/**
 * A call that can be made.
 *
 * @param template of the path; {@code {key}} stands for the key
 * @param reach which faults it is exposed to
 * @param handler what it does; the result is sent as JSON with status 200
 */
record Route(String method, String template, FaultScope reach, Function<MatchedRequest, Object> handler) {

    /** How much of {@link FaultSettings} applies. */
    enum FaultScope {
        /** All of it. */
        ALL_FAULTS,
        /** The outage only. */
        OUTAGE,
        /** Nothing, or it could not be switched off again. */
        NOTHING
    }
}
