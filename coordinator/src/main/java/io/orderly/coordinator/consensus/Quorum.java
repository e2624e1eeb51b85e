package io.orderly.coordinator.consensus;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The arithmetic of majorities. Any two quorums of the same voters have a voter in common, for even numbers as well; a node
 * that counts is counted like any other.
 */
class Quorum {

    /** How many of so many voters decide: more than half. */
    int size(int voters) {
        return voters / 2 + 1;
    }

    /** Whether those who fulfil the condition are enough; never true of no voters at all. */
    boolean isReached(List<NodeId> voters, Predicate<NodeId> fulfils) {
        int count = 0;
        for (NodeId voter : voters) {
            if (fulfils.test(voter)) {
                count++;
            }
        }
        return !voters.isEmpty() && count >= size(voters.size());
    }

    /** The highest value that a quorum has reached: the quorum-th largest. 0 if there is no voter. */
    long highWaterMark(List<NodeId> voters, ToLongFunction<NodeId> value) {
        if (voters.isEmpty()) {
            return 0;
        }
        long[] values = new long[voters.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.applyAsLong(voters.get(i));
        }
        Arrays.sort(values);
        return values[values.length - size(values.length)];
    }
}
