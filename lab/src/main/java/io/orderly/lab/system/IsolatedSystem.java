package io.orderly.lab.system;

import io.orderly.backends.Database;
import io.orderly.backends.PostgreSqlCluster;
import io.orderly.coordinator.fault.FaultFile;
import io.orderly.lab.coordinator.OrderlyProgram;
import io.orderly.lab.evidence.EvidenceSources;
import io.orderly.lab.load.OrderApi;
import io.orderly.stack.Console;
import io.orderly.stack.Ports;
import io.orderly.stack.Replicas;
import io.orderly.stack.Topology;
import io.orderly.stack.coordinator.CoordinatorCluster;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.launch.ServicePrograms;
import io.orderly.stack.launch.SystemPlans;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessPlan;
import io.orderly.stack.process.Supervisor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A complete system that is started for one experiment, without data or with restored data, and on free ports. It stops
 * with its owner.
 */
public final class IsolatedSystem implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(6);

    private final DataFolder data;
    private final Topology topology;
    private final Optional<CoordinatorCluster> coordinators;
    private final Supervisor supervisor;

    private IsolatedSystem(
            DataFolder data, Topology topology, Optional<CoordinatorCluster> coordinators, Supervisor supervisor) {
        this.data = data;
        this.topology = topology;
        this.coordinators = coordinators;
        this.supervisor = supervisor;
    }

    /**
     * Starts a system according to {@link SystemPlan#SIMPLE}.
     *
     * @see #start(Path, Path, Supervisor.Listener, SystemPlan)
     */
    public static IsolatedSystem start(Path home, Path folder, Supervisor.Listener listener) {
        return start(home, folder, listener, SystemPlan.SIMPLE);
    }

    /**
     * Starts the system and returns when all processes are ready.
     *
     * @param home the root of the repository, with all modules built
     * @param folder the folder for its data; data of an earlier experiment is deleted
     * @param listener notified of the processes' starts and unexpected exits
     * @throws io.orderly.stack.process.ProcessFailure if it cannot be started
     */
    public static IsolatedSystem start(Path home, Path folder, Supervisor.Listener listener, SystemPlan plan) {
        DataFolder data = DataFolder.take(folder);
        try {
            Ports ports = Ports.free();
            Optional<CoordinatorCluster> coordinators = plan.hasCoordinators()
                    ? Optional.of(new CoordinatorCluster(
                            home, data, ports.coordinators(), plan.links(), coordinatorModules(home, plan)))
                    : Optional.empty();
            Topology topology = new Topology(
                    home,
                    data,
                    ports,
                    plan.settings(),
                    plan.links(),
                    Topology.OPTIONAL_MODULES,
                    coordinators,
                    Replicas.ofServices(plan.instances()));
            topology.deleteData();
            coordinators.ifPresent(CoordinatorCluster::deleteData);
            CoordinatorCluster.MEMBERS.forEach(
                    member -> data.delete(FaultFile.beside(Path.of(member)).toString()));
            ColdCopy origin = plan.origin();
            if (origin != null) {
                origin.restoreTo(data);
            }
            List<ProcessPlan> watched = Stream.concat(
                            topology.processes().stream(),
                            coordinators.stream().flatMap(cluster -> cluster.processes().stream()))
                    .toList();
            List<ProcessPlan> processes = Stream.concat(
                            watched.stream(), console(home, data, ports, plan, watched, coordinators))
                    .toList();
            Supervisor supervisor = new Supervisor(processes, data.processes(), listener);
            var system = new IsolatedSystem(data, topology, coordinators, supervisor);
            Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "stop the system"));
            try {
                supervisor.start(START_TIMEOUT);
                return system;
            } catch (RuntimeException e) {
                supervisor.stop();
                throw e;
            }
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private static Stream<ProcessPlan> console(
            Path home,
            DataFolder data,
            Ports ports,
            SystemPlan plan,
            List<ProcessPlan> watched,
            Optional<CoordinatorCluster> coordinators) {
        return plan.hasConsole()
                ? Stream.of(new Console(home, data, ports)
                        .process(
                                SystemPlans.LOOPBACK + ":" + ports.kafka(),
                                watched,
                                coordinators.map(CoordinatorCluster::restUrls).orElse(List.of()),
                                plan.settings().getOrDefault(Console.NAME, Map.of())))
                : Stream.empty();
    }

    private static List<Path> coordinatorModules(Path home, SystemPlan plan) {
        return plan.impairable() ? List.of(OrderlyProgram.faultsModule(home)) : List.of();
    }

    /** Creates the class archive for faster starts of services, unless the folder has one. Takes several seconds. */
    public void prepareFasterStarts() throws IOException {
        List<ServicePrograms> all = Stream.concat(
                        Stream.of(topology.programs()),
                        coordinators.stream().flatMap(cluster -> cluster.programs().stream()))
                .toList();
        for (ServicePrograms programs : all) {
            if (programs.canStartFaster()) {
                programs.prepareFasterStart(data.processes());
            }
        }
    }

    /** The data folder, in which an experiment can write its own files. */
    public Path folder() {
        return data.root();
    }

    /** All processes, each after the processes that it depends on. */
    public List<ManagedProcess> processes() {
        return supervisor.processes();
    }

    public ManagedProcess process(String name) {
        return supervisor.process(name);
    }

    /** The first instance of a service, which may be its only one. */
    public ManagedProcess firstInstance(String service) {
        return processes().stream()
                .filter(process ->
                        process.name().equals(service) || process.name().equals(service + "-1"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no instance of " + service));
    }

    /** A client of the order-service and the inventory-service. */
    public OrderApi api() {
        return new OrderApi(url(Topology.ORDER), url(Topology.INVENTORY));
    }

    /** @param process its name, or that of a service, which may be behind a gateway */
    public URI url(String process) {
        return Topology.url(port(process));
    }

    /** A database of the system. */
    public Database database(String name) {
        return PostgreSqlCluster.database(port(Topology.POSTGRESQL), name);
    }

    /** The administrative database of the server, with superuser access. */
    public Database administration() {
        return PostgreSqlCluster.administration(port(Topology.POSTGRESQL));
    }

    /** Creates a database on the server for an experiment, if it does not exist. */
    public Database createDatabase(String name) {
        return cluster().createDatabase(port(Topology.POSTGRESQL), name);
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port(Topology.KAFKA);
    }

    /** The sources of evidence for an audit of this system. */
    public EvidenceSources sources() {
        return EvidenceSources.of(port(Topology.POSTGRESQL), port(Topology.KAFKA), url(Topology.PROVIDER));
    }

    /** Stops all processes and copies their data. */
    public ColdCopy stopWithCopy() {
        supervisor.stop();
        try {
            return ColdCopy.of(data);
        } finally {
            data.close();
        }
    }

    /** Stops all processes, each before the processes that it depends on. */
    @Override
    public void close() {
        supervisor.stop();
        data.close();
    }

    private int port(String process) {
        return topology.servicePort(process)
                .orElseGet(() -> supervisor.process(process).plan().port());
    }

    private PostgreSqlCluster cluster() {
        Path folder = data.of(Topology.POSTGRESQL);
        return new PostgreSqlCluster(folder.resolve("data"), folder.resolve("programs"));
    }
}
