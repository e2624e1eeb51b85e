package io.orderly.lab.torture.coordinator;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A period in which a client assumed that it held a lock. It relies on its lease from when it sent the last request that renewed it.
 *
 * @param lock its name
 * @param token the fencing token; empty if the client did not receive it
 * @param requestedNanos when the client requested the lock
 * @param acquiredNanos when it received the response that it holds the lock
 * @param untilNanos when it requested the release, or when its lease might end
 */
record Hold(String lock, int client, OptionalLong token, long requestedNanos, long acquiredNanos, long untilNanos) {

    /** @return a description of two clients that held a lock at the same time; empty if there were none */
    static Optional<String> overlap(List<Hold> holds) {
        List<Hold> byTime = holds.stream()
                .sorted(Comparator.comparing(Hold::lock).thenComparing(Hold::acquiredNanos))
                .toList();
        Hold longest = null;
        for (Hold hold : byTime) {
            if (longest == null || !longest.lock.equals(hold.lock)) {
                longest = hold;
                continue;
            }
            if (hold.acquiredNanos < longest.untilNanos) {
                return Optional.of("%s began before the end of %s".formatted(hold, longest));
            }
            longest = hold;
        }
        return Optional.empty();
    }

    /**
     * Checks that the fencing tokens of each lock increase in the order in which its clients received the response that they hold it; holds
     * without a token are skipped.
     *
     * <p>That order is the order of the grants, also among clients that requested the lock at the same time. Let A receive its response
     * before B, each of them while it relied on its lease. A held the lock at that time. B held it at least from its grant until its
     * response. If B's grant had been before A's, both would have held the lock when A received its response, which the lock excludes. A
     * lock is granted in the order of its tokens, so A's token must be lower.
     *
     * @return a description of two tokens of a lock that did not increase; empty if there are none
     */
    static Optional<String> staleToken(List<Hold> holds) {
        List<Hold> byTime = holds.stream()
                .filter(hold -> hold.token.isPresent())
                .sorted(Comparator.comparing(Hold::lock)
                        .thenComparing(Hold::acquiredNanos)
                        .thenComparing(hold -> hold.token.getAsLong()))
                .toList();
        for (int i = 1; i < byTime.size(); i++) {
            Hold before = byTime.get(i - 1);
            Hold hold = byTime.get(i);
            if (before.lock.equals(hold.lock) && hold.token.getAsLong() <= before.token.getAsLong()) {
                return Optional.of("%s has no higher token than %s".formatted(hold, before));
            }
        }
        return Optional.empty();
    }
}
