package io.orderly.lab.system;

import io.orderly.backends.Database;
import io.orderly.backends.PostgreSqlCluster;
import io.orderly.lab.evidence.EvidenceSources;
import io.orderly.lab.load.OrderApi;
import io.orderly.stack.Ports;
import io.orderly.stack.Topology;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.link.Links;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessPlan;
import io.orderly.stack.process.Supervisor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole system, started for one experiment: without any data, on free ports, every process at hand. Ends with its owner.
 */
public final class IsolatedSystem implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

    private final DataFolder data;
    private final Topology topology;
    private final Supervisor supervisor;

    private IsolatedSystem(DataFolder data, Topology topology, Supervisor supervisor) {
        this.data = data;
        this.topology = topology;
        this.supervisor = supervisor;
    }

    /**
     * Starts the system and returns when all of it is ready.
     *
     * @param home the root of the repository, where everything is built
     * @param folder for its data; those of an earlier experiment are deleted
     * @param listener told what happens to the processes
     * @throws io.orderly.stack.process.ProcessFailure if it cannot be started
     */
    public static IsolatedSystem start(Path home, Path folder, Supervisor.Listener listener) {
        return start(home, folder, listener, Map.of());
    }

    /** @param settings environment variables that change a service's defaults, by the name of the service */
    public static IsolatedSystem start(
            Path home, Path folder, Supervisor.Listener listener, Map<String, Map<String, String>> settings) {
        return start(home, folder, listener, settings, null);
    }

    /**
     * @param settings environment variables that change a service's defaults, by the name of the service
     * @param origin what is stored at first; null for nothing
     */
    public static IsolatedSystem start(
            Path home,
            Path folder,
            Supervisor.Listener listener,
            Map<String, Map<String, String>> settings,
            @Nullable ColdCopy origin) {
        return start(home, folder, listener, settings, Links.DIRECT, origin);
    }

    /**
     * @param settings environment variables that change a service's defaults, by the name of the service
     * @param links how the processes reach each other
     * @param origin what is stored at first; null for nothing
     */
    public static IsolatedSystem start(
            Path home,
            Path folder,
            Supervisor.Listener listener,
            Map<String, Map<String, String>> settings,
            Links links,
            @Nullable ColdCopy origin) {
        DataFolder data = DataFolder.take(folder);
        try {
            Topology topology = new Topology(home, data, Ports.free(), settings, links, Topology.MODULES);
            topology.deleteData();
            if (origin != null) {
                origin.restoreTo(data);
            }
            Supervisor supervisor = new Supervisor(topology.processes(), data.processes(), listener);
            var system = new IsolatedSystem(data, topology, supervisor);
            Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "end of the system"));
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

    /** Makes later starts of services faster, if that has not been done on this folder. Takes many seconds. */
    public void prepareFasterStarts() throws IOException {
        if (topology.programs().canStartFaster()) {
            topology.programs().prepareFasterStart();
        }
    }

    /** The folder, in which there is room for what an experiment writes itself. */
    public Path folder() {
        return data.root();
    }

    /** All processes, each after those that it needs. */
    public List<ManagedProcess> processes() {
        return supervisor.processes();
    }

    public ManagedProcess process(String name) {
        return supervisor.process(name);
    }

    /** The shop, as its customers see it. */
    public OrderApi api() {
        return new OrderApi(url(Topology.ORDER), url(Topology.INVENTORY));
    }

    public URI url(String process) {
        return Topology.url(port(process));
    }

    /** One of the databases on its server. */
    public Database database(String name) {
        return PostgreSqlCluster.database(port(Topology.POSTGRESQL), name);
    }

    /** The database from which the server itself is looked after, as its superuser. */
    public Database administration() {
        return PostgreSqlCluster.administration(port(Topology.POSTGRESQL));
    }

    /** Makes sure that a database exists on the server, for an experiment to use. */
    public Database createDatabase(String name) {
        return cluster().createDatabase(port(Topology.POSTGRESQL), name);
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port(Topology.KAFKA);
    }

    /** Where an audit finds what this system leaves behind. */
    public EvidenceSources sources() {
        return EvidenceSources.of(port(Topology.POSTGRESQL), port(Topology.KAFKA), url(Topology.PROVIDER));
    }

    /** Ends all processes in their order, and copies what they have stored. */
    public ColdCopy endWithCopy() {
        supervisor.stop();
        try {
            return ColdCopy.of(data);
        } finally {
            data.close();
        }
    }

    /** Ends all processes in their order. */
    @Override
    public void close() {
        supervisor.stop();
        data.close();
    }

    private int port(String process) {
        ProcessPlan plan = supervisor.process(process).plan();
        return plan.port();
    }

    private PostgreSqlCluster cluster() {
        Path folder = data.of(Topology.POSTGRESQL);
        return new PostgreSqlCluster(folder.resolve("data"), folder.resolve("programs"));
    }
}
