package io.orderly.coordinator.member;

import java.util.HashSet;
import java.util.Set;

/**
 * The last requests that a peer has sent, so that a message that arrives twice is not executed twice. A sender never uses the id of a
 * request again.
 */
final class RecentRequests {

    private final Set<Long> known = new HashSet<>();
    private final long[] oldestFirst;
    private int next;

    /** @param capacity the number of later requests after which a duplicate is still detected */
    RecentRequests(int capacity) {
        oldestFirst = new long[capacity];
    }

    /** @return whether it is new */
    boolean add(long id) {
        if (!known.add(id)) {
            return false;
        }
        if (known.size() > oldestFirst.length) {
            known.remove(oldestFirst[next]);
        }
        oldestFirst[next] = id;
        next = (next + 1) % oldestFirst.length;
        return true;
    }
}
