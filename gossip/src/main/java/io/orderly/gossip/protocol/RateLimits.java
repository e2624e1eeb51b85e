package io.orderly.gossip.protocol;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Limits the messages that are handled in a period. Every known member has its own limit. All other addresses share one, so that a sender
 * with many addresses gains nothing, and the table is no larger than the number of members.
 */
final class RateLimits {

    private static final int STRANGERS_FACTOR = 4;

    private final int perPeriod;
    private final Set<InetSocketAddress> known = new HashSet<>();
    private final Map<InetSocketAddress, Integer> counts = new HashMap<>();
    private int strangers;

    RateLimits(int perPeriod) {
        this.perPeriod = perPeriod;
    }

    void beginPeriod(Set<InetSocketAddress> addresses) {
        known.clear();
        known.addAll(addresses);
        counts.clear();
        strangers = 0;
    }

    void learn(InetSocketAddress address) {
        known.add(address);
    }

    boolean admit(InetSocketAddress from) {
        if (known.contains(from)) {
            return counts.merge(from, 1, Integer::sum) <= perPeriod;
        }
        return ++strangers <= STRANGERS_FACTOR * perPeriod;
    }
}
