package io.orderly.lab.load;

/**
 * Limits retries to a share of the first requests. Each first request adds a share of a token, up to a maximum, and each retry takes a token. So
 * clients repeat the occasional failure, and do not multiply the load if most requests fail. Thread-safe.
 */
final class RetryBudget {

    private static final double MOST_TOKENS = 10;

    private final double tokensPerRequest;
    private double tokens = MOST_TOKENS;

    /** @param tokensPerRequest above 0 */
    RetryBudget(double tokensPerRequest) {
        this.tokensPerRequest = tokensPerRequest;
    }

    synchronized void firstRequest() {
        tokens = Math.min(MOST_TOKENS, tokens + tokensPerRequest);
    }

    /** @return whether a retry may be sent */
    synchronized boolean tryRetry() {
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
