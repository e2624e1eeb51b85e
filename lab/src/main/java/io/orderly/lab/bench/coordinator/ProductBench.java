package io.orderly.lab.bench.coordinator;

import io.orderly.lab.bench.ProcessUsage;
import io.orderly.lab.bench.coordinator.Measurement.Phase;
import io.orderly.lab.coordinator.ClusterMember;
import io.orderly.lab.coordinator.CoordinatorCluster;
import io.orderly.lab.coordinator.ServerProgram;
import io.orderly.lab.load.Latency;
import io.orderly.stack.coordinator.EtcdServer;
import io.orderly.stack.coordinator.Product;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Measures one product: cold on new clusters, then warm on the last of them. */
final class ProductBench {

    static final String PUTS = "puts";
    static final String LINEARIZABLE_READS = "linearizable reads";
    static final String SERIALIZABLE_READS = "serializable reads";
    static final String KEEP_ALIVES = "keep-alives";
    static final String WATCHES = "put to %d watchers".formatted(FanOut.WATCHERS);
    static final String PUTS_BESIDE_IDLE = "puts beside idle ones";
    static final String PUTS_BESIDE_WATCHES = "puts beside watches";
    static final String TIMESTAMPS = "%,d timestamps".formatted(Loads.TIMESTAMPS);

    private static final int WARM_UP_CLIENTS = 100;
    private static final Duration SETTLE = Duration.ofSeconds(1);

    private final ServerProgram program;
    private final CoordinatorBenchPlan plan;
    private final PrintStream out;
    private final List<Measurement> measurements = new ArrayList<>();

    ProductBench(ServerProgram program, CoordinatorBenchPlan plan, PrintStream out) {
        this.program = program;
        this.plan = plan;
        this.out = out;
    }

    /** @param folder for the data, on the disk that is to be measured */
    ProductResult run(Path folder) throws IOException, InterruptedException {
        if (plan.cold().isPositive()) {
            for (int clients : plan.clients()) {
                cold(folder, clients);
            }
        }
        long startNanos = System.nanoTime();
        try (CoordinatorCluster cluster = CoordinatorCluster.start(program, folder)) {
            Duration startToLeader = Duration.ofNanos(System.nanoTime() - startNanos);
            long memory = usage(cluster).memoryBytes();
            Loads loads = new Loads();
            warmUp(cluster, loads);
            for (int clients : plan.clients()) {
                warm(cluster, loads, clients);
            }
            fanOut(cluster);
            CrowdResult crowd = crowd(cluster, loads);
            out.printf("  %-9s %s%n", program.product(), crowd);
            List<String> checkPerf = checkPerf(cluster);
            List<Duration> gaps = LeaderKills.measure(cluster, plan.kills());
            gaps.forEach(gap -> out.printf(
                    Locale.ROOT, "  %-9s leader killed: next write after %d ms%n", program.product(), gap.toMillis()));
            cluster.unexpectedExits().forEach(out::println);
            return new ProductResult(
                    program.product(),
                    program.settings(),
                    startToLeader,
                    memory,
                    List.copyOf(measurements),
                    crowd,
                    gaps,
                    checkPerf);
        }
    }

    private void cold(Path folder, int clients) throws InterruptedException {
        try (CoordinatorCluster cluster = CoordinatorCluster.start(program, folder);
                Connections connections = connect(cluster, clients)) {
            Load puts = new Loads().puts(connections);
            measure(cluster, connections, Phase.COLD, PUTS, clients, Duration.ZERO, plan.cold(), puts);
        }
    }

    private void warmUp(CoordinatorCluster cluster, Loads loads) throws InterruptedException {
        try (Connections connections = connect(cluster, WARM_UP_CLIENTS)) {
            Duration half = plan.warmUp().dividedBy(2);
            new ClosedLoop(connections.eventLoop(), WARM_UP_CLIENTS, loads.puts(connections))
                    .run(Duration.ZERO, half, () -> {});
            new ClosedLoop(connections.eventLoop(), WARM_UP_CLIENTS, loads.reads(connections, false))
                    .run(Duration.ZERO, half, () -> {});
        }
    }

    private void warm(CoordinatorCluster cluster, Loads loads, int clients) throws InterruptedException {
        try (Connections connections = connect(cluster, clients)) {
            warm(cluster, connections, PUTS, clients, plan.writes(), loads.puts(connections));
            warm(cluster, connections, LINEARIZABLE_READS, clients, plan.reads(), loads.reads(connections, false));
            warm(cluster, connections, SERIALIZABLE_READS, clients, plan.reads(), loads.reads(connections, true));
            Loads.grantLeases(connections, clients);
            warm(cluster, connections, KEEP_ALIVES, clients, plan.others(), loads.keepAlives(connections, clients));
            Loads.revokeLeases(connections, clients);
            if (program.product() == Product.ORDERLY) {
                warm(cluster, connections, TIMESTAMPS, clients, plan.others(), loads.timestamps(connections));
            }
        }
    }

    private void fanOut(CoordinatorCluster cluster) throws InterruptedException {
        try (Connections connections = connect(cluster, FanOut.WATCHERS);
                FanOut fanOut = new FanOut(connections)) {
            warm(cluster, connections, WATCHES, 1, plan.others(), fanOut);
        }
    }

    private CrowdResult crowd(CoordinatorCluster cluster, Loads loads) throws InterruptedException {
        try (Connections connections = connect(cluster, CrowdResult.CLIENTS)) {
            Latency alone = puts(cluster, connections, PUTS, loads);
            Latency besideIdle;
            int idle;
            int idleAtEnd;
            try (IdleConnections others =
                    IdleConnections.open(ports(cluster), IdleConnections.permitted(CrowdResult.IDLE))) {
                besideIdle = puts(cluster, connections, PUTS_BESIDE_IDLE, loads);
                idle = others.count();
                idleAtEnd = others.countOpen();
            }
            try (ReconnectingWatches others =
                    ReconnectingWatches.start(ports(cluster), CrowdResult.WATCHES, CrowdResult.RECONNECTS_PER_SECOND)) {
                Thread.sleep(Duration.ofSeconds(CrowdResult.WATCHES / CrowdResult.RECONNECTS_PER_SECOND));
                long before = others.created();
                long startNanos = System.nanoTime();
                Latency besideWatches = puts(cluster, connections, PUTS_BESIDE_WATCHES, loads);
                double perSecond = (others.created() - before) * 1e9 / (System.nanoTime() - startNanos);
                return new CrowdResult(alone, besideIdle, idle, idleAtEnd, besideWatches, perSecond, others.failed());
            }
        }
    }

    private Latency puts(CoordinatorCluster cluster, Connections connections, String what, Loads loads)
            throws InterruptedException {
        return warm(cluster, connections, what, CrowdResult.CLIENTS, plan.others(), loads.puts(connections))
                .latency();
    }

    private List<String> checkPerf(CoordinatorCluster cluster) throws IOException, InterruptedException {
        Optional<Path> etcdctl = EtcdServer.findClient();
        return plan.isCheckPerf() && etcdctl.isPresent() ? CheckPerf.run(etcdctl.get(), cluster) : List.of();
    }

    private Measurement warm(
            CoordinatorCluster cluster, Connections connections, String what, int clients, Duration time, Load load)
            throws InterruptedException {
        return measure(cluster, connections, Phase.WARM, what, clients, SETTLE, time, load);
    }

    private Measurement measure(
            CoordinatorCluster cluster,
            Connections connections,
            Phase phase,
            String what,
            int clients,
            Duration warmUp,
            Duration time,
            Load load)
            throws InterruptedException {
        List<ProcessUsage> servers = new ArrayList<>();
        List<ProcessUsage> generator = new ArrayList<>();
        ClosedLoop.Result result = new ClosedLoop(connections.eventLoop(), clients, load).run(warmUp, time, () -> {
            servers.add(usage(cluster));
            generator.add(ProcessUsage.ofCurrentProcess());
        });
        Measurement measured = Measurement.of(phase, what, clients, result, servers, generator);
        measurements.add(measured);
        out.printf(
                Locale.ROOT,
                "  %-9s %s %,5d clients, %-20s %,10.0f/s  p99 %.1f ms%s%n",
                program.product(),
                phase == Phase.COLD ? "cold" : "warm",
                clients,
                what,
                measured.perSecond(),
                measured.latency().p99Millis(),
                result.failures() == 0 ? "" : ", %,d failed: %s".formatted(result.failures(), result.reason()));
        return measured;
    }

    private static ProcessUsage usage(CoordinatorCluster cluster) {
        return cluster.members().stream()
                .flatMap(member -> member.process().pid().stream().boxed())
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .map(ProcessUsage::of)
                .reduce(new ProcessUsage(0, 0), ProcessUsage::plus);
    }

    private static Connections connect(CoordinatorCluster cluster, int clients) {
        return new Connections(ports(cluster), clients);
    }

    private static List<Integer> ports(CoordinatorCluster cluster) {
        return cluster.members().stream().map(ClusterMember::clientPort).toList();
    }
}
