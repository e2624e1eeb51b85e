package io.orderly.stack.launch;

import io.orderly.backends.Database;
import io.orderly.backends.EmbeddedKafka.Detour;
import io.orderly.backends.EmbeddedKafka.Node;
import io.orderly.backends.PostgreSqlCluster;
import io.orderly.backends.process.ProcessSpec.StopSignal;
import io.orderly.stack.broker.BrokerApplication;
import io.orderly.stack.process.ListenPort;
import io.orderly.stack.process.ListenPort.Transport;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.ProcessPlan;
import io.orderly.stack.process.Readiness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The plans of PostgreSQL, of Kafka, and of services that are built with the kit, on the loopback interface. */
public final class SystemPlans {

    public static final String POSTGRESQL = "postgresql";
    public static final String KAFKA = "kafka";

    public static final String LOOPBACK = "127.0.0.1";

    /**
     * Small heaps and the serial collector, because many processes share a machine. The sizes of metaspace and code
     * cache avoid full collections, which stop all threads: by default, the 90 MiB of classes of a service and the code
     * that is compiled under load cause some.
     */
    private static final List<String> SMALL_JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:MetaspaceSize=192m",
            "-XX:SweeperThreshold=50",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xss512k");

    private final DataFolder data;
    private final BackendPorts ports;

    /** @param data the data folder of PostgreSQL and Kafka */
    public SystemPlans(DataFolder data, BackendPorts ports) {
        this.data = data;
        this.ports = ports;
    }

    /** The base URL of a process with an HTTP interface. */
    public static URI url(int port) {
        return URI.create("http://%s:%d".formatted(LOOPBACK, port));
    }

    /** The options of a JVM that shares the machine with the other processes. */
    public static List<String> smallJvm(String... more) {
        return Stream.concat(SMALL_JVM.stream(), Stream.of(more)).toList();
    }

    /**
     * The executable jar of a module.
     *
     * @param home the root of the project
     * @throws ProcessFailure if the module is not built
     */
    public static Path builtJar(Path home, String module) {
        Path target = home.resolve(module).resolve("target");
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, module + "-*-exec.jar")) {
            for (Path jar : jars) {
                return jar;
            }
        } catch (IOException e) {
            throw new ProcessFailure("%s is not built: %s".formatted(module, e), e);
        }
        throw new ProcessFailure("%s is not built: no jar in %s".formatted(module, target));
    }

    /**
     * The folder of the released libraries and class archives, which all systems of this build share. A data folder can be
     * deleted without them, so that only the first start after a clean build is slow.
     *
     * @param home the root of the project
     */
    public static Path libraries(Path home) {
        return home.resolve("target").resolve("libraries").toAbsolutePath().normalize();
    }

    /** @param databases created when the server is ready, unless they exist */
    public ProcessPlan postgreSql(List<String> databases) {
        Path folder = data.of(POSTGRESQL);
        PostgreSqlCluster cluster = new PostgreSqlCluster(folder.resolve("data"), folder.resolve("programs"));
        return new ProcessPlan(
                POSTGRESQL,
                List.of(),
                ports.postgresql(),
                BackendPorts.POSTGRESQL_OPTION,
                () -> {
                    cluster.prepare();
                    return cluster.serverCommand(ports.postgresql());
                },
                Map.of(),
                StopSignal.INT,
                () -> cluster.isReady(ports.postgresql()),
                () -> databases.forEach(name -> cluster.createDatabase(ports.postgresql(), name)));
    }

    /**
     * The only broker.
     *
     * @param detours additional listeners
     */
    public ProcessPlan kafka(List<Detour> detours) {
        return broker(
                KAFKA,
                new ListenPort(ports.kafka(), BackendPorts.KAFKA_OPTION),
                Node.ALONE,
                detours,
                Readiness.accepting(ports.kafka()));
    }

    /**
     * A broker of a cluster.
     *
     * @param name of its process and its data folder
     * @param detours additional listeners
     */
    public ProcessPlan broker(String name, ListenPort port, Node node, List<Detour> detours, Readiness readiness) {
        return new ProcessPlan(
                name,
                List.of(),
                List.of(port),
                () -> JavaCommand.mainClass(
                        smallJvm("-Xmx256m", "-Dlogback.configurationFile=broker-logback.xml"),
                        BrokerApplication.class.getName(),
                        Stream.concat(
                                        Stream.of(
                                                data.of(name).toString(),
                                                Integer.toString(port.number()),
                                                BrokerApplication.argument(node)),
                                        detours.stream().map(BrokerApplication::argument))
                                .toArray(String[]::new)),
                Map.of(),
                StopSignal.TERM,
                readiness,
                () -> {});
    }

    /**
     * The settings by which services know each other's instances. Each receives gossip at the UDP port with the number of its HTTP port.
     *
     * @param instance the number of the instance of its service
     * @param ports of the members by which the others are found
     */
    public static Map<String, String> members(int instance, List<Integer> ports) {
        String seeds = ports.stream().map(port -> LOOPBACK + ":" + port).collect(Collectors.joining(","));
        return Map.of(
                "ORDERLY_MEMBERS_ENABLED",
                "true",
                "ORDERLY_MEMBERS_INSTANCE",
                Integer.toString(instance),
                "ORDERLY_MEMBERS_SEEDS",
                seeds);
    }

    /**
     * A service, which is ready when its readiness probe says so.
     *
     * @param needs the names of the processes that have to be ready first
     * @param port of its HTTP interface, and of UDP for gossip
     * @param portOption the command-line option for its port
     * @param command creates its command line
     * @param backends its database and its broker, as it reaches them
     * @param settings other environment variables
     */
    public static ProcessPlan service(
            String name,
            List<String> needs,
            int port,
            String portOption,
            Callable<List<String>> command,
            Backends backends,
            Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("SERVER_ADDRESS", LOOPBACK);
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.put("ORDERLY_SECURITY_OPEN", "on-loopback");
        environment.put("SPRING_DATASOURCE_URL", backends.database().jdbcUrl());
        environment.put("SPRING_DATASOURCE_USERNAME", backends.database().username());
        environment.put("SPRING_DATASOURCE_PASSWORD", backends.database().password());
        environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", backends.bootstrapServers());
        return new ProcessPlan(
                name,
                needs,
                List.of(new ListenPort(port, portOption), new ListenPort(port, portOption, Transport.UDP)),
                command,
                environment,
                StopSignal.TERM,
                Readiness.answering(url(port).resolve("/actuator/health/readiness")),
                () -> {});
    }

    /** What a service connects to. */
    public record Backends(Database database, String bootstrapServers) {

        /** A database on the local PostgreSQL server. */
        public static Backends of(int postgreSqlPort, String databaseName, int kafkaPort) {
            return of(postgreSqlPort, databaseName, LOOPBACK + ":" + kafkaPort);
        }

        /** @param bootstrapServers of Kafka */
        public static Backends of(int postgreSqlPort, String databaseName, String bootstrapServers) {
            return new Backends(PostgreSqlCluster.database(postgreSqlPort, databaseName), bootstrapServers);
        }
    }
}
