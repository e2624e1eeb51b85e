package io.orderly.coordinator.consensus;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Majority quorums. Any two quorums of the same voters have a voter in common, also for even numbers of voters.
 */
class Quorum {

    /** The size of a quorum: more than half of the voters. */
    int size(int voters) {
        return voters / 2 + 1;
    }

    /** Whether a quorum fulfils the condition; false if there are no voters. */
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
