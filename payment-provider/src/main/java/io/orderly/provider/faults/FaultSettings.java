package io.orderly.provider.faults;

import java.util.Map;

/**
 * The configured faults. Rates are probabilities from 0 to 1; each is drawn independently for every request.
 *
 * @param latencyMillis minimum latency of each request about a payment, 0 to 60,000
 * @param jitterMillis maximum of a uniformly distributed additional latency, 0 to 60,000
 * @param slowRate probability that a request takes {@code slowMillis} longer; a value of {@code slowMillis} above the
 *     client's timeout causes timeouts
 * @param slowMillis 0 to 600,000
 * @param errorRate probability that a request is answered with 500 and not executed
 * @param lostAnswerRate probability that a request is executed durably and then answered with 500 or a closed
 *     connection, so that the client does not know the outcome
 * @param declineRate probability that the issuer declines a key
 * @param outage true: all requests except health and settings are answered with 503
 * @param seed seed of all random decisions
 * @param declinedAccounts accounts that the issuer always declines, with the reason; at most 1,000
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

    /** @throws InvalidSettingException if a value is out of range */
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
        // Negated, so that NaN is rejected too.
        if (!(value >= 0 && value <= 1)) {
            throw new InvalidSettingException(field, "must be from 0 to 1");
        }
    }
}
