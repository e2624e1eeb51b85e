package io.orderly.lab.bench.coordinator;

import java.time.Duration;
import java.util.List;

/**
 * The parameters of the benchmark.
 *
 * @param clients the numbers of clients
 * @param cold how long a newly started cluster is measured, for each number of clients; zero leaves it out
 * @param warmUp how long a cluster is under load before it is measured warm
 * @param writes how long writes are measured
 * @param reads how long each kind of read is measured
 * @param others how long each other load is measured
 * @param kills how often the leader is killed
 * @param isCheckPerf whether {@code etcdctl check perf} runs, too
 */
record CoordinatorBenchPlan(
        List<Integer> clients,
        Duration cold,
        Duration warmUp,
        Duration writes,
        Duration reads,
        Duration others,
        int kills,
        boolean isCheckPerf) {

    /** About eleven minutes for both servers. */
    static CoordinatorBenchPlan complete(boolean isCheckPerf) {
        return new CoordinatorBenchPlan(
                List.of(1, 100, 1_000),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(12),
                Duration.ofSeconds(8),
                Duration.ofSeconds(6),
                5,
                isCheckPerf);
    }

    /** Without the cold measurements. */
    CoordinatorBenchPlan warmOnly() {
        return new CoordinatorBenchPlan(clients, Duration.ZERO, warmUp, writes, reads, others, kills, isCheckPerf);
    }

    /** About three minutes for both servers. */
    static CoordinatorBenchPlan quick(boolean isCheckPerf) {
        return new CoordinatorBenchPlan(
                List.of(100, 1_000),
                Duration.ofSeconds(5),
                Duration.ofSeconds(12),
                Duration.ofSeconds(6),
                Duration.ofSeconds(4),
                Duration.ofSeconds(3),
                2,
                isCheckPerf);
    }
}
