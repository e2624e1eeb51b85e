package io.orderly.provider.http;

import io.orderly.provider.faults.FaultSettings;
import java.util.function.Function;

/**
 * A route of the API.
 *
 * @param template the path; {@code {key}} stands for the key
 * @param faultScope the faults that apply to the route
 * @param handler computes the body of the 200 response, which is sent as JSON
 */
record Route(String method, String template, FaultScope faultScope, Function<MatchedRequest, Object> handler) {

    /** The part of {@link FaultSettings} that applies to a route. */
    enum FaultScope {
        /** All faults. */
        ALL,
        /** The outage only. */
        OUTAGE_ONLY,
        /** No faults; otherwise they could not be switched off again. */
        NONE
    }
}
