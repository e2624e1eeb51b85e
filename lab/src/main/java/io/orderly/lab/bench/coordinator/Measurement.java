package io.orderly.lab.bench.coordinator;

import io.orderly.lab.bench.ProcessUsage;
import io.orderly.lab.load.Latency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One load with one number of clients.
 *
 * @param phase when it was measured
 * @param load what was requested
 * @param perSecond requests answered
 * @param failures requests that failed
 * @param reason of the last failure; null if there was none
 * @param serverMicros processor time of all servers per request, in microseconds
 * @param generatorMicros processor time of the load generator per request, in microseconds
 * @param memoryBytes the proportional set size of all servers at the end
 */
record Measurement(
        Phase phase,
        String load,
        int clients,
        double perSecond,
        long failures,
        @Nullable String reason,
        Latency latency,
        double serverMicros,
        double generatorMicros,
        long memoryBytes) {

    enum Phase {
        /** From the moment at which a newly started cluster has a leader. */
        COLD,
        /** After other load. */
        WARM
    }

    /**
     * @param servers the usage of all servers at the start and at the end
     * @param generator the usage of the load generator at the start and at the end
     */
    static Measurement of(
            Phase phase,
            String load,
            int clients,
            ClosedLoop.Result result,
            List<ProcessUsage> servers,
            List<ProcessUsage> generator) {
        return new Measurement(
                phase,
                load,
                clients,
                result.perSecond(),
                result.failures(),
                result.reason(),
                result.latency(),
                microsPerRequest(servers, result),
                microsPerRequest(generator, result),
                servers.getLast().memoryBytes());
    }

    private static double microsPerRequest(List<ProcessUsage> atEdges, ClosedLoop.Result result) {
        long millis = atEdges.getLast().cpuMillis() - atEdges.getFirst().cpuMillis();
        return result.answered() == 0 ? 0 : millis * 1_000.0 / result.answered();
    }
}
