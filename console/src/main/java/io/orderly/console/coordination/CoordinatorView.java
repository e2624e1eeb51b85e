package io.orderly.console.coordination;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the coordinator keeps, as a member of it answers.
 *
 * @param problem why it could not be read; null if it could
 * @param answeredBy the base URL of the member that answered; null if none did
 * @param readMillis when it was read
 * @param hasMoreLeases whether there are more leases than are listed
 */
record CoordinatorView(
        @Nullable String problem,
        @Nullable String answeredBy,
        long readMillis,
        List<Member> members,
        List<String> alarms,
        List<Lease> leases,
        boolean hasMoreLeases,
        List<Queue> queues) {

    /** @param learner whether it has no vote yet */
    record Member(int id, String name, boolean learner) {}

    /**
     * @param lease its id in hexadecimal
     * @param remainingSeconds until it ends without renewal
     * @param keys those that end with it; some of them, if there are many
     * @param moreKeys how many others
     */
    record Lease(String lease, long ttlSeconds, long remainingSeconds, List<String> keys, int moreKeys) {}

    /**
     * A lock, or an election: both are queues of leases.
     *
     * @param lease that holds the lock, or leads; null if none
     * @param token the fencing token
     * @param value that a leader proclaims; empty for a lock
     * @param waiting how many wait behind it
     */
    record Queue(String name, @Nullable String lease, long token, String value, int waiting) {}

    static CoordinatorView unknown(String problem, long readMillis) {
        return new CoordinatorView(problem, null, readMillis, List.of(), List.of(), List.of(), false, List.of());
    }
}
