package io.orderly.gateway.balancing;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Chooses the less loaded of two random instances. Loads are known late, so always to choose the least loaded one would send all requests of a
 * period to the same instance (Mitzenmacher, How Useful Is Old Information?, 2000).
 */
public final class Choice {

    private Choice() {}

    /**
     * @param instances of one service
     * @param leftOut the ids of instances that this request may not go to
     * @return a suspected instance only if there is no other; empty if all are left out
     */
    public static Optional<Instance> among(List<Instance> instances, Set<String> leftOut, RandomGenerator random) {
        List<Instance> left = instances.stream()
                .filter(instance -> !leftOut.contains(instance.id()))
                .toList();
        List<Instance> alive =
                left.stream().filter(Predicate.not(Instance::suspect)).toList();
        return lessLoadedOfTwo(alive.isEmpty() ? left : alive, random);
    }

    private static Optional<Instance> lessLoadedOfTwo(List<Instance> instances, RandomGenerator random) {
        int count = instances.size();
        if (count < 2) {
            return instances.stream().findFirst();
        }
        int first = random.nextInt(count);
        // from 1 to count - 1 places further, so always another one
        int second = (first + 1 + random.nextInt(count - 1)) % count;
        Instance one = instances.get(first);
        Instance other = instances.get(second);
        return Optional.of(other.load() < one.load() ? other : one);
    }
}
