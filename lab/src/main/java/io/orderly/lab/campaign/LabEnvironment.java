package io.orderly.lab.campaign;

import io.orderly.lab.experiment.SystemDescription;
import io.orderly.lab.fault.FaultInjector;
import io.orderly.lab.run.ArmRun;
import io.orderly.lab.system.IsolatedSystem;
import io.orderly.lab.system.SystemPlan;
import io.orderly.stack.Topology;
import io.orderly.stack.coordinator.CoordinatorCluster;
import io.orderly.stack.link.Link;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The system that the experiments run on: its components, and the data that each run starts from. */
final class LabEnvironment {

    static final SystemDescription INSTALLATION = new SystemDescription(
            List.of(
                    Topology.POSTGRESQL,
                    Topology.KAFKA,
                    Topology.PROVIDER,
                    Topology.ORDER,
                    Topology.INVENTORY,
                    Topology.PAYMENT,
                    Topology.SHIPPING),
            List.of(Topology.ORDER, Topology.INVENTORY, Topology.PAYMENT, Topology.SHIPPING),
            Topology.links().stream().map(Link::name).toList(),
            Stream.concat(CoordinatorCluster.MEMBERS.stream(), Stream.of(FaultInjector.COORDINATOR_LEADER))
                    .toList(),
            Topology.coordinatorLinks().stream().map(Link::name).toList(),
            Map.of(
                    Topology.ORDER, antiPatterns(),
                    Topology.INVENTORY, antiPatterns("cache-stampede", "no-inbox", "no-step-records"),
                    Topology.PAYMENT, antiPatterns("endless-retries"),
                    Topology.SHIPPING, antiPatterns()));

    private static final Duration CATALOGUE_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(200);

    private LabEnvironment() {}

    /** @param more those of one service, besides those of every service */
    private static List<String> antiPatterns(String... more) {
        return Stream.concat(
                        Stream.of("dual-write", "lock-without-token", "retry-in-place", "skip-failed", "wall-clock"),
                        Stream.of(more))
                .sorted()
                .toList();
    }

    /**
     * Starts a system, waits until it accepts orders, stops it, and keeps a copy of its data.
     *
     * @param settings environment variables that change a service's defaults, by the name of the service
     */
    static ArmRun.Environment prepare(Path home, Path folder, Map<String, Map<String, String>> settings)
            throws IOException, InterruptedException {
        IsolatedSystem system =
                IsolatedSystem.start(home, folder, new ExitListener(), SystemPlan.SIMPLE.withSettings(settings));
        try {
            awaitCatalogue(system);
            system.prepareFasterStarts();
            return new ArmRun.Environment(home, folder, settings, system.stopWithCopy());
        } finally {
            system.close();
        }
    }

    /** The order-service rejects orders for products that are not yet in its copy of the catalogue. */
    private static void awaitCatalogue(IsolatedSystem system) throws IOException, InterruptedException {
        int products = system.api().products().size();
        long giveUpNanos = System.nanoTime() + CATALOGUE_TIMEOUT.toNanos();
        while (system.sources().productsKnownToOrders() < products) {
            if (System.nanoTime() - giveUpNanos > 0) {
                throw new ProcessFailure("the order-service has not received the product catalogue");
            }
            Thread.sleep(POLL);
        }
    }

    private static final class ExitListener implements Supervisor.Listener {

        @Override
        public void ready(ManagedProcess process, Duration sinceStart) {}

        @Override
        public void died(ManagedProcess process, String explanation) {
            System.err.printf("%s exited unexpectedly%s%n", process.name(), explanation);
        }
    }
}
