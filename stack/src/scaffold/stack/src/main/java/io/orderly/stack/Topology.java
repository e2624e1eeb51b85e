package io.orderly.stack;

import io.orderly.backends.Database;
import io.orderly.backends.PostgreSqlCluster;
import io.orderly.backends.process.ProcessSpec.StopSignal;
import io.orderly.stack.broker.BrokerApplication;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.launch.JavaCommand;
import io.orderly.stack.launch.ServicePrograms;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.ProcessPlan;
import io.orderly.stack.process.Readiness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The processes of the system: what each needs, and how each is started. */
final class Topology {

    static final String POSTGRESQL = "postgresql";
    static final String KAFKA = "kafka";
    static final String ORDER = "order-service";
    static final String INVENTORY = "inventory-service";
    static final String PARTNERS = "partner-stubs";

    private static final List<String> SERVICES = List.of(ORDER, INVENTORY, PARTNERS);
    private static final List<String> SMALL_JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:MetaspaceSize=192m",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xss512k",
            "-Xmx256m");
    private static final String LOOPBACK = "127.0.0.1";

    private final DataFolder data;
    private final Ports ports;
    private final ServicePrograms programs;

    /**
     * @param home the root of the project, where the services are built
     * @param data where everything is stored
     */
    Topology(Path home, DataFolder data, Ports ports) {
        this.data = data;
        this.ports = ports;
        Map<String, Path> jars = new LinkedHashMap<>();
        SERVICES.forEach(service -> jars.put(service, builtJar(home, service)));
        this.programs = ServicePrograms.unpack(jars, List.of(), SMALL_JVM, data.of("programs"));
    }

    /** Where a process with an HTTP interface is found. */
    static URI url(int port) {
        return URI.create("http://%s:%d".formatted(LOOPBACK, port));
    }

    /** Each process after those that it needs. */
    List<ProcessPlan> processes() {
        return List.of(
                postgreSql(),
                kafka(),
                service(
                        ORDER,
                        "orders",
                        ports.order,
                        Ports.ORDER_OPTION,
                        Map.of(
                                "ORDERLY_PARTICIPANTS_INVENTORY_URL",
                                url(ports.inventory).toString())),
                service(INVENTORY, "inventory", ports.inventory, Ports.INVENTORY_OPTION, Map.of()),
                service(PARTNERS, "partners", ports.partners, Ports.PARTNERS_OPTION, Map.of()));
    }

    private ProcessPlan postgreSql() {
        Path folder = data.of(POSTGRESQL);
        PostgreSqlCluster cluster = new PostgreSqlCluster(folder.resolve("data"), folder.resolve("programs"));
        return new ProcessPlan(
                POSTGRESQL,
                List.of(),
                ports.postgresql,
                Ports.POSTGRESQL_OPTION,
                () -> {
                    cluster.prepare();
                    return cluster.serverCommand(ports.postgresql);
                },
                Map.of(),
                StopSignal.INT,
                () -> cluster.isReady(ports.postgresql),
                () -> List.of("orders", "inventory", "partners")
                        .forEach(name -> cluster.createDatabase(ports.postgresql, name)));
    }

    private ProcessPlan kafka() {
        List<String> options = Stream.concat(
                        SMALL_JVM.stream(), Stream.of("-Dlogback.configurationFile=broker-logback.xml"))
                .toList();
        return new ProcessPlan(
                KAFKA,
                List.of(),
                ports.kafka,
                Ports.KAFKA_OPTION,
                () -> JavaCommand.mainClass(
                        options, BrokerApplication.class.getName(), data.of(KAFKA).toString(), Integer.toString(ports.kafka)),
                Map.of(),
                StopSignal.TERM,
                Readiness.accepting(ports.kafka),
                () -> {});
    }

    private ProcessPlan service(
            String name, String databaseName, int port, String portOption, Map<String, String> needed) {
        Database database = PostgreSqlCluster.database(ports.postgresql, databaseName);
        Map<String, String> environment = new LinkedHashMap<>(needed);
        environment.put("SERVER_ADDRESS", LOOPBACK);
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.put("SPRING_DATASOURCE_URL", database.jdbcUrl());
        environment.put("SPRING_DATASOURCE_USERNAME", database.username());
        environment.put("SPRING_DATASOURCE_PASSWORD", database.password());
        environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", LOOPBACK + ":" + ports.kafka);
        return new ProcessPlan(
                name,
                List.of(POSTGRESQL, KAFKA),
                port,
                portOption,
                () -> programs.command(name),
                environment,
                StopSignal.TERM,
                Readiness.answering(url(port).resolve("/actuator/health/readiness")),
                () -> {});
    }

    private static Path builtJar(Path home, String module) {
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
}
