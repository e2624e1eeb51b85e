package io.orderly.gossip.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The order in which a member probes the others: round-robin, shuffled anew after each round, so that each member is probed within two
 * rounds at most (SWIM, section 4.3).
 */
final class ProbeOrder {

    private final Random random;
    private final List<String> order = new ArrayList<>();
    private int next;

    ProbeOrder(RandomGenerator random) {
        this.random = Random.from(random);
    }

    /** A new member takes a random place, so that the members that heard of it do not probe it at the same time. */
    void add(String id) {
        if (!order.contains(id)) {
            int place = random.nextInt(order.size() + 1);
            order.add(place, id);
            if (place < next) {
                next++;
            }
        }
    }

    void remove(String id) {
        int place = order.indexOf(id);
        if (place >= 0) {
            order.remove(place);
            if (place < next) {
                next--;
            }
        }
    }

    /** @return null if there is no other member */
    @Nullable String next() {
        if (order.isEmpty()) {
            return null;
        }
        if (next >= order.size()) {
            Collections.shuffle(order, random);
            next = 0;
        }
        return order.get(next++);
    }
}
