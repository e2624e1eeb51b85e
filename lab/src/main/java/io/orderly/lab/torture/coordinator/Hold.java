package io.orderly.lab.torture.coordinator;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A time in which a client believed that it held a lock. It counts on its lease from when it sent the last request that renewed it.
 *
 * @param lock its name
 * @param token the fencing token
 * @param requestedNanos when the client asked for the lock
 * @param acquiredNanos when it was told that it holds it
 * @param untilNanos when it asked to release it, or its lease might end
 */
record Hold(String lock, int client, long token, long requestedNanos, long acquiredNanos, long untilNanos) {

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

    /** @return a description of fencing tokens of a lock that did not grow; empty if there are none */
    static Optional<String> staleToken(List<Hold> holds) {
        return holds.stream()
                .map(Hold::lock)
                .distinct()
                .flatMap(lock -> RealTimeOrder.violation(holds.stream()
                                .filter(hold -> hold.lock.equals(lock))
                                .map(hold -> new RealTimeOrder.Numbers(
                                        hold.token, hold.token, hold.requestedNanos, hold.acquiredNanos))
                                .toList())
                        .stream())
                .findFirst();
    }
}
