package io.orderly.lab.bench.coordinator;

import io.orderly.lab.coordinator.ServerProgram;
import io.orderly.lab.run.Machine;
import io.orderly.stack.coordinator.Product;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Measures the products in turn, after the generator's own limit. */
final class CoordinatorBench {

    private final CoordinatorBenchPlan plan;
    private final PrintStream out;

    CoordinatorBench(CoordinatorBenchPlan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /**
     * @param programs ours first
     * @param folder for the data
     */
    CoordinatorBenchReport run(List<ServerProgram> programs, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        out.println("The load generator's own limit");
        List<Measurement> ceiling = GrpcCeiling.measure(plan.clients(), plan.others());
        List<ProductResult> results = new ArrayList<>();
        for (ServerProgram program : programs) {
            out.println("Measuring three members of " + program.product());
            results.add(new ProductBench(program, plan, out)
                    .run(folder.resolve(program.product().toString())));
        }
        return new CoordinatorBenchReport(
                Instant.now(), Machine.of(folder), ceiling, List.copyOf(results), targets(results));
    }

    private static List<CoordinatorTargets.Target> targets(List<ProductResult> results) {
        return results.size() == Product.values().length
                ? CoordinatorTargets.of(results.getFirst(), results.getLast())
                : List.of();
    }
}
