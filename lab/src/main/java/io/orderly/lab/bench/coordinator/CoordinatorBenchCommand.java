package io.orderly.lab.bench.coordinator;

import io.orderly.lab.coordinator.EtcdProgram;
import io.orderly.lab.coordinator.OrderlyProgram;
import io.orderly.lab.coordinator.ServerProgram;
import io.orderly.lab.system.LabFolder;
import io.orderly.stack.coordinator.EtcdServer;
import io.orderly.stack.coordinator.Product;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code ./run bench coordinator}. */
@Command(
        name = "coordinator",
        mixinStandardHelpOptions = true,
        description =
                "Measures three coordinators and three members of etcd in turn, with the same load on the same disk. "
                        + "Takes about eleven minutes. Exits with 0 if the measurement is valid.")
public final class CoordinatorBenchCommand implements Callable<Integer> {

    @Option(names = "--quick", description = "shorter measurements, about three minutes in all")
    private boolean quick;

    @Option(
            names = "--check-perf",
            description = "also run 'etcdctl check perf --load=l' against each, which takes a minute more for each")
    private boolean checkPerf;

    @Option(names = "--warm-only", description = "leave out the measurements on newly started members")
    private boolean warmOnly;

    @Option(names = "--only", paramLabel = "<product>", description = "measure one: ${COMPLETION-CANDIDATES}")
    private @Nullable Product only;

    @Option(
            names = "--jvm",
            paramLabel = "<options>",
            defaultValue = OrderlyProgram.BENCH_JVM,
            description = "JVM options of each coordinator; default ${DEFAULT-VALUE}")
    private String jvm = OrderlyProgram.BENCH_JVM;

    @Mixin
    private LabFolder folder = new LabFolder();

    @Override
    public Integer call() throws IOException, InterruptedException {
        CoordinatorBenchPlan plan =
                quick ? CoordinatorBenchPlan.quick(checkPerf) : CoordinatorBenchPlan.complete(checkPerf);
        CoordinatorBenchReport report = new CoordinatorBench(warmOnly ? plan.warmOnly() : plan, System.out)
                .run(programs(), folder.path().resolve("bench-coordinator"));
        folder.report("bench-coordinator", report);
        return report.isValid() ? 0 : 1;
    }

    private List<ServerProgram> programs() {
        List<ServerProgram> programs = new ArrayList<>();
        if (only != Product.ETCD) {
            programs.add(OrderlyProgram.of(folder.home(), jvm));
        }
        if (only != Product.ORDERLY) {
            EtcdProgram.find()
                    .ifPresentOrElse(
                            programs::add,
                            () -> System.out.println("etcd is not installed, so there is nothing to compare with. "
                                    + EtcdServer.INSTALL));
        }
        return programs;
    }
}
