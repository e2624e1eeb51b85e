package io.orderly.provider.faults;

import java.util.Map;

/**
 * How the provider behaves. Rates are probabilities from 0 to 1, each drawn on its own for every request.
 *
 * @param latencyMillis what every request about a payment takes at least, 0 to 60,000
 * @param jitterMillis up to this much more, evenly spread, 0 to 60,000
 * @param slowRate how many requests take {@code slowMillis} on top; let it exceed the client's patience to see timeouts
 * @param slowMillis 0 to 600,000
 * @param errorRate how many requests are answered with 500 before anything was done
 * @param lostAnswerRate how many requests are carried out, durably, and then answered with 500 or a closed connection:
 *     the client cannot know
 * @param declineRate how many keys the issuer declines
 * @param outage true: 503 for everything but health and settings
 * @param seed of all chance
 * @param declinedAccounts accounts the issuer always declines, with the reason it gives; at most 1,000
 */
public record FaultSettings(
        int latencyMillis,
        int jitterMillis,
        double slowRate,
        int slowMillis,
        double errorRate,
        double lostAnswerRate,
        double declineRate,
        boolean outage,
        long seed,
        Map<String, String> declinedAccounts) {

    private static final int MAX_LATENCY_MILLIS = 60_000;
    private static final int MAX_SLOW_MILLIS = 600_000;
    private static final int MAX_DECLINED_ACCOUNTS = 1_000;

    /** @throws InvalidSettingException if a value is out of its range */
    public FaultSettings {
        within("latencyMillis", latencyMillis, MAX_LATENCY_MILLIS);
        within("jitterMillis", jitterMillis, MAX_LATENCY_MILLIS);
        probability("slowRate", slowRate);
        within("slowMillis", slowMillis, MAX_SLOW_MILLIS);
        probability("errorRate", errorRate);
        probability("lostAnswerRate", lostAnswerRate);
        probability("declineRate", declineRate);
        if (declinedAccounts.size() > MAX_DECLINED_ACCOUNTS) {
            throw new InvalidSettingException(
                    "declinedAccounts", "must be at most %d accounts".formatted(MAX_DECLINED_ACCOUNTS));
        }
        declinedAccounts = Map.copyOf(declinedAccounts);
    }

    private static void within(String field, int value, int max) {
        if (value < 0 || value > max) {
            throw new InvalidSettingException(field, "must be from 0 to %d".formatted(max));
        }
    }

    private static void probability(String field, double value) {
        // Written so that NaN fails too.
        if (!(value >= 0 && value <= 1)) {
            throw new InvalidSettingException(field, "must be from 0 to 1");
        }
    }
}
