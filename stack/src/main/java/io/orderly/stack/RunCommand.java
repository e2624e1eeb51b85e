package io.orderly.stack;

import io.orderly.backends.PostgreSqlCluster;
import io.orderly.stack.coordinator.Coordinators;
import io.orderly.stack.coordinator.Product;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.launch.FirstCompiler;
import io.orderly.stack.launch.ResidentMemory;
import io.orderly.stack.launch.ServicePrograms;
import io.orderly.stack.link.Links;
import io.orderly.stack.order.OrderClient;
import io.orderly.stack.order.PlacedOrder;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.PortCheck;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.ProcessPlan;
import io.orderly.stack.process.Supervisor;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code ./run}: starts the system, places two orders, and keeps the system running. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Starts the whole system, places an order that is confirmed and an order that is compensated, "
                + "prints their timelines and all URLs, and runs until Ctrl-C.")
class RunCommand implements Callable<Integer> {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(6);
    private static final Duration ORDER_TIMEOUT = Duration.ofMinutes(1);

    /** A product in the initial catalogue, with ample stock. */
    private static final String PRODUCT = "PENCIL-HB";

    private static final String CUSTOMER = "ada";
    private static final String CUSTOMER_WITHOUT_FUNDS = "broke";

    @Option(
            names = "--check",
            description =
                    "kill the leader of the coordinator, and stop the system afterwards; the exit code is 0 if both orders "
                            + "had the expected outcome, a service sees all others alive and the coordinator lost nothing")
    private boolean check;

    @Option(names = "--fresh", description = "delete all data of earlier runs first")
    private boolean fresh;

    @Option(
            names = "--only-patterns",
            description = "run without the optional modules: without the anti-patterns and the fault injection "
                    + "within services")
    private boolean onlyPatterns;

    @Option(
            names = "--instances",
            paramLabel = "<number>",
            defaultValue = "1",
            description =
                    "how many instances of each service run; with more than one, a gateway has the ports of the services, and "
                            + "--check kills an order-service and restarts all instances while orders are placed; default ${DEFAULT-VALUE}")
    private int instances;

    @Option(
            names = "--brokers",
            paramLabel = "<number>",
            defaultValue = "1",
            description =
                    "how many brokers of Kafka run, 1 or 3; three replicate each other's records, and --check kills two of them while orders "
                            + "are placed; default ${DEFAULT-VALUE}")
    private int brokers;

    @Option(
            names = "--both-compilers",
            description =
                    "let the JVMs compile with their second compiler, too: the start takes longer, and after some minutes under load more orders "
                            + "are completed")
    private boolean bothCompilers;

    @Option(
            names = "--coordinator",
            paramLabel = "<product>",
            defaultValue = "orderly",
            description =
                    "what keeps settings and partitions: ${COMPLETION-CANDIDATES}. With etcd, three members of the etcd that is "
                            + "installed run instead of our coordinators; default ${DEFAULT-VALUE}")
    private Product coordinator = Product.ORDERLY;

    @Option(names = "--data", paramLabel = "<folder>", description = "data folder; default .orderly next to ./run")
    private @Nullable Path dataFolder;

    @Mixin
    private Ports ports = new Ports();

    private final RunExtension extension;
    private final PrintStream out = System.out;
    private volatile boolean stopping;

    RunCommand(RunExtension extension) {
        this.extension = extension;
    }

    @Override
    public Integer call() throws InterruptedException {
        long begunNanos = System.nanoTime();
        Path home = home();
        Coordinators.requireInstalled(coordinator);
        try (DataFolder data = DataFolder.take(dataFolder == null ? home.resolve(".orderly") : dataFolder)) {
            Replicas replicas = new Replicas(instances, brokers);
            if (fresh) {
                data.empty();
            }
            out.printf("Starting Orderly; data and logs are in %s%n%n", data.root());
            Links links = extension.links();
            Map<String, Map<String, String>> settings = extension.settings();
            Coordinators coordinators = Coordinators.of(coordinator, home, data, ports.coordinators, links);
            Topology topology = new Topology(
                    home,
                    data,
                    ports,
                    settings,
                    links,
                    onlyPatterns ? List.of() : Topology.OPTIONAL_MODULES,
                    Optional.of(coordinators),
                    replicas);
            List<ProcessPlan> watched = Stream.of(topology.processes(), coordinators.processes())
                    .flatMap(List::stream)
                    .toList();
            ProcessPlan console = new Console(home, data, ports)
                    .process(
                            topology.brokers().bootstrapServers(),
                            watched,
                            coordinators.restUrls(),
                            settings.getOrDefault(RunExtension.CONSOLE, Map.of()));
            List<ProcessPlan> plans = Stream.concat(watched.stream(), Stream.of(console))
                    .map(plan -> bothCompilers ? plan : plan.withEnvironment(FirstCompiler.ENVIRONMENT))
                    .toList();
            PortCheck.requireFree(plans);
            Supervisor supervisor = new Supervisor(plans, data.processes(), new Progress());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(supervisor), "stop"));
            try {
                supervisor.start(START_TIMEOUT);
                show(begunNanos);
                out.printf("%n%s%s", addresses(topology.brokers()), coordinators.addresses());
                out.print(extension.onReady(supervisor, data));
                prepareFasterStart(
                        Stream.concat(Stream.of(topology.programs()), coordinators.programs().stream()), data);
                if (check) {
                    new SystemCheck(supervisor, topology, coordinators, ports, extension, CUSTOMER, PRODUCT).run(out);
                } else {
                    out.println("\nRunning; press Ctrl-C to stop.");
                    sleepForEver();
                }
                return 0;
            } catch (ProcessFailure e) {
                if (stopping) {
                    sleepForEver(); // Ctrl-C is not a failure; the shutdown hook ends the JVM
                }
                throw e;
            } finally {
                stop(supervisor);
            }
        }
    }

    /** The root of the repository. */
    static Path home() {
        return Path.of(System.getProperty("orderly.home", ".")).toAbsolutePath();
    }

    private void show(long begunNanos) throws InterruptedException {
        OrderClient client = new OrderClient(Topology.url(ports.order), ORDER_TIMEOUT);
        PlacedOrder confirmed = client.place(CUSTOMER, PRODUCT);
        Duration untilFirstOrder = Duration.ofNanos(System.nanoTime() - begunNanos);
        PlacedOrder compensated = client.place(CUSTOMER_WITHOUT_FUNDS, PRODUCT);

        print(CUSTOMER + " orders a pencil", confirmed, "CONFIRMED");
        print(CUSTOMER_WITHOUT_FUNDS + " orders a pencil without the money", compensated, "REJECTED");
        out.printf("%nTime to the first confirmed order: %s%s.%n", seconds(untilFirstOrder), memory());
    }

    private void print(String title, PlacedOrder order, String expectedStatus) {
        out.printf("%n%s: %s", title, order.timeline());
        if (!order.status().equals(expectedStatus)) {
            throw new ProcessFailure("the expected status is " + expectedStatus);
        }
    }

    private String addresses(Brokers kafka) {
        return """
                console            %8$s
                  place an order there, and watch it cross the services
                order-service      %1$s/orders
                inventory-service  %2$s/products
                payment-service    %3$s/accounts/ada
                shipping-service   %4$s/capacity?region=DE
                payment-provider   %5$s/book
                  each service also has: / (index), /swagger-ui/index.html, /v3/api-docs, /actuator/health, /actuator/prometheus, /actuator/members, /dead-letters
                Kafka              %6$s; order events: ./run events --kafka-port=%9$d
                PostgreSQL         %7$s, user and password orders;
                  the databases inventory, payments and shipping likewise
                """.formatted(
                        Topology.url(ports.order),
                        Topology.url(ports.inventory),
                        Topology.url(ports.payment),
                        Topology.url(ports.shipping),
                        Topology.url(ports.provider),
                        kafka.bootstrapServers(),
                        PostgreSqlCluster.database(ports.postgresql(), "orders").jdbcUrl(),
                        Topology.url(ports.console),
                        ports.kafka());
    }

    private void prepareFasterStart(Stream<ServicePrograms> all, DataFolder data) {
        List<ServicePrograms> slow = all.filter(ServicePrograms::canStartFaster).toList();
        if (!slow.isEmpty()) {
            out.print("\nCreating the class archives for faster starts, once… ");
            try {
                for (ServicePrograms programs : slow) {
                    programs.prepareFasterStart(data.processes());
                }
                out.println("done.");
            } catch (IOException e) {
                out.println(e.getMessage()); // not fatal: starts are only slower
            }
        }
    }

    private synchronized void stop(Supervisor supervisor) {
        if (!stopping) {
            stopping = true;
            out.println("\nStopping…");
            extension.close();
            supervisor.stop();
            out.println("All processes have stopped.");
        }
    }

    private static void sleepForEver() throws InterruptedException {
        Thread.currentThread().join();
    }

    private static String memory() {
        return ResidentMemory.ofProcessTree().stream()
                .mapToObj(bytes -> "; all processes use %.1f GiB".formatted(bytes / (double) (1 << 30)))
                .findFirst()
                .orElse("");
    }

    private static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1000.0);
    }

    /** Prints a line for each event. */
    private final class Progress implements Supervisor.Listener {

        @Override
        public void ready(ManagedProcess process, Duration sinceStart) {
            if (!stopping) {
                out.printf(
                        "  %-18s ready after %7s   port %-5d  pid %d%n",
                        process.name(),
                        seconds(sinceStart),
                        process.plan().port(),
                        process.pid().orElse(-1));
            }
        }

        @Override
        public void died(ManagedProcess process, String explanation) {
            out.printf("%n%s exited unexpectedly%s%n", process.name(), explanation);
        }
    }
}
