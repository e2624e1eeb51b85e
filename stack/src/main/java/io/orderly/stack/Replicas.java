package io.orderly.stack;

import io.orderly.stack.process.ProcessFailure;

/**
 * How many processes run of what can run more than once.
 *
 * @param instances of each service, from 1 to {@link Topology#MAX_INSTANCES}; a gateway is in front of several
 * @param brokers of Kafka: 1, or {@link Brokers#REPLICATED}
 */
public record Replicas(int instances, int brokers) {

    /** A single process of each kind. */
    public static final Replicas NONE = new Replicas(1, 1);

    /** @throws ProcessFailure if a number is not allowed; the message names the option */
    public Replicas {
        if (instances < 1 || instances > Topology.MAX_INSTANCES) {
            throw new ProcessFailure(
                    "--instances is from 1 to %d, not %d".formatted(Topology.MAX_INSTANCES, instances));
        }
        if (brokers != 1 && brokers != Brokers.REPLICATED) {
            throw new ProcessFailure("--brokers is 1 or %d, not %d".formatted(Brokers.REPLICATED, brokers));
        }
    }

    /** Instances of each service, with a single broker. */
    public static Replicas ofServices(int instances) {
        return new Replicas(instances, 1);
    }
}
