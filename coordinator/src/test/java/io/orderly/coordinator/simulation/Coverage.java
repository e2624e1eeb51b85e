package io.orderly.coordinator.simulation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** How much of the core's branches the runs have gone through, where the JaCoCo agent has watched. */
record Coverage(List<IPackageCoverage> packages) {

    private static final List<String> WATCHED =
            List.of("consensus", "log", "node", "store", "lease", "watch", "queue", "lock", "clock");

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
        Path classes = Path.of(Simulator.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .resolveSibling("classes/io/orderly/coordinator");
        for (String name : WATCHED) {
            if (Files.isDirectory(classes.resolve(name))) {
                analyzer.analyzeAll(classes.resolve(name).toFile());
            }
        }
        return Optional.of(
                new Coverage(new ArrayList<>(coverage.getBundle("coordinator").getPackages())));
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
