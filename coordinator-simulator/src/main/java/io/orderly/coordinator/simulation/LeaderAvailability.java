package io.orderly.coordinator.simulation;

import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how long there is no leader although one is possible: the network is sound, and so is a majority of the voters, by the
 * membership that each of them has.
 */
final class LeaderAvailability {

    static final String LED = "a cluster with a sound majority has a leader soon";

    /** Several times the duration of an election without faults, which starts within 600 milliseconds. */
    private static final long MOST_MICROS = 3_000_000;

    private static final long INTERVAL_MICROS = 20_000;

    private final SimulatedCluster cluster;
    private long sinceMicros;

    LeaderAvailability(SimulatedCluster cluster) {
        this.cluster = cluster;
        check();
    }

    private void check() {
        long now = cluster.time().nowMicros();
        if (cluster.leader().isPresent() || !isPossible()) {
            sinceMicros = now;
        } else {
            cluster.add(RunMetric.MOST_MILLIS_LEADERLESS, (now - sinceMicros) / 1_000);
            if (now - sinceMicros > MOST_MICROS) {
                throw new PropertyViolation(
                        Phase.PROGRESS,
                        LED,
                        "%s has had no leader for three seconds"
                                .formatted(cluster.checker().membership()));
            }
        }
        cluster.time().after(INTERVAL_MICROS, this::check);
    }

    private boolean isPossible() {
        List<Host> well = cluster.hosts().stream().filter(Host::isWell).toList();
        List<Membership> electorates = new ArrayList<>();
        electorates.add(cluster.checker().membership());
        for (Host host : well) {
            Status status = host.status();
            if (status != null && cluster.checker().membership().isVoter(host.id())) {
                electorates.add(status.membership());
            }
        }
        return cluster.network().isSound()
                && cluster.administrators().areIdle()
                && electorates.stream().allMatch(effectiveMembership -> hasMajority(effectiveMembership, well));
    }

    private static boolean hasMajority(Membership effectiveMembership, List<Host> well) {
        long count = well.stream()
                .filter(host -> effectiveMembership.isVoter(host.id()))
                .count();
        return 2 * count > effectiveMembership.voters().size();
    }
}
