package io.orderly.coordinator.simulation;

import io.orderly.coordinator.consensus.Replica;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jacoco.agent.rt.IAgent;
import org.jacoco.agent.rt.RT;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.ICounter;
import org.jacoco.core.analysis.IPackageCoverage;
import org.jacoco.core.tools.ExecFileLoader;

/** Which branches of the core the runs have taken, as recorded by the JaCoCo agent. */
record Coverage(List<IPackageCoverage> packages) {

    private static final String CORE = "io/orderly/coordinator/";
    private static final List<String> WATCHED =
            List.of("consensus", "log", "node", "server", "store", "lease", "watch", "queue", "lock", "clock");

    /** @return nothing if no agent watches this JVM */
    static Optional<Coverage> ofCore() throws IOException {
        IAgent agent;
        try {
            agent = RT.getAgent();
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
        ExecFileLoader executed = new ExecFileLoader();
        executed.load(new ByteArrayInputStream(agent.getExecutionData(false)));
        CoverageBuilder coverage = new CoverageBuilder();
        Analyzer analyzer = new Analyzer(executed.getExecutionDataStore(), coverage);
        analyzer.analyzeAll(new File(Replica.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath()));
        return Optional.of(new Coverage(coverage.getBundle("coordinator").getPackages().stream()
                .filter(one -> WATCHED.contains(one.getName().replace(CORE, "")))
                .toList()));
    }

    @Override
    public String toString() {
        return packages.stream()
                .map(one -> {
                    ICounter branches = one.getBranchCounter();
                    return "branch coverage of %s: %.1f%% (%d of %d)"
                            .formatted(
                                    one.getName().replace('/', '.'),
                                    100 * branches.getCoveredRatio(),
                                    branches.getCoveredCount(),
                                    branches.getTotalCount());
                })
                .collect(Collectors.joining("\n"));
    }
}
