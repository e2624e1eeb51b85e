package io.orderly.stack;

import io.orderly.backends.Database;
import io.orderly.backends.EmbeddedKafka.Detour;
import io.orderly.backends.FreePort;
import io.orderly.backends.PostgreSqlCluster;
import io.orderly.backends.process.ProcessSpec.StopSignal;
import io.orderly.stack.broker.BrokerApplication;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.launch.JavaCommand;
import io.orderly.stack.launch.ServicePrograms;
import io.orderly.stack.link.Link;
import io.orderly.stack.link.Links;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.ProcessPlan;
import io.orderly.stack.process.Readiness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The processes of the system with their dependencies, command lines and settings. */
public final class Topology {

    public static final String POSTGRESQL = "postgresql";
    public static final String KAFKA = "kafka";
    public static final String PROVIDER = "payment-provider";
    public static final String INVENTORY = "inventory-service";
    public static final String PAYMENT = "payment-service";
    public static final String SHIPPING = "shipping-service";
    public static final String ORDER = "order-service";

    /** The parts of a data folder with the processes' data, without files that can be recreated. */
    public static final List<String> STORED = List.of(POSTGRESQL + "/data", KAFKA, PROVIDER);

    /**
     * Optional modules on the class path of each service: fault injection and anti-patterns. The services do not depend
     * on them.
     */
    public static final List<String> OPTIONAL_MODULES = List.of("chaos", "anti-patterns");

    private static final List<String> BACKENDS = List.of(POSTGRESQL, KAFKA);
    private static final String LOOPBACK = "127.0.0.1";

    /**
     * Small heaps and the serial collector, because eight processes share a machine. The sizes of metaspace and code
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

    /** The classes that the first service loads are used for the class archive of all. */
    private static final List<String> SERVICES = List.of(ORDER, INVENTORY, PAYMENT, SHIPPING);

    private final DataFolder data;
    private final Ports ports;
    private final ServicePrograms programs;
    private final Map<String, Map<String, String>> settings;
    private final Links links;

    /** Without direct links, the broker has a separate listener for each service. */
    private final List<Detour> detours;

    /**
     * @param home the root of the repository, with all services built
     * @param data the data folder
     */
    public Topology(Path home, DataFolder data, Ports ports) {
        this(home, data, ports, Map.of(), Links.DIRECT, OPTIONAL_MODULES);
    }

    /**
     * @param settings environment variables that change a service's defaults, by the name of the service
     * @param links how the processes connect to each other
     * @param modules the {@link #OPTIONAL_MODULES} on the services' class path
     */
    public Topology(
            Path home,
            DataFolder data,
            Ports ports,
            Map<String, Map<String, String>> settings,
            Links links,
            List<String> modules) {
        this.data = data;
        this.ports = ports;
        this.settings = settings;
        this.links = links;
        this.detours = links.areDirect()
                ? List.of()
                : SERVICES.stream().map(this::detourToKafka).toList();
        this.programs = ServicePrograms.unpack(
                SERVICES.stream()
                        .collect(Collectors.toMap(
                                name -> name, name -> builtJar(home, name), (a, b) -> a, LinkedHashMap::new)),
                modules.stream().flatMap(module -> builtModule(home, module)).toList(),
                plus(SMALL_JVM, "-Xmx256m"),
                data.of("programs"));
    }

    /** The base URL of a process with an HTTP interface. */
    public static URI url(int port) {
        return URI.create("http://%s:%d".formatted(LOOPBACK, port));
    }

    public ServicePrograms programs() {
        return programs;
    }

    /** Deletes the processes' data. The unpacked programs are kept. */
    public void deleteData() {
        STORED.forEach(data::delete);
    }

    /** All links for which {@link Links} provides ports. */
    public static List<Link> links() {
        return Stream.concat(
                        SERVICES.stream()
                                .flatMap(service -> BACKENDS.stream().map(backend -> new Link(service, backend))),
                        Stream.of(
                                new Link(PAYMENT, PROVIDER),
                                // used by the anti-patterns only; the saga makes no calls
                                new Link(ORDER, INVENTORY),
                                new Link(ORDER, PAYMENT),
                                new Link(ORDER, SHIPPING)))
                .toList();
    }

    /** All processes, each after the processes that it depends on. */
    public List<ProcessPlan> processes() {
        return List.of(
                postgreSql(List.of("orders", "inventory", "payments", "shipping")),
                kafka(),
                paymentProvider(),
                service(
                        ORDER,
                        BACKENDS,
                        "orders",
                        ports.order,
                        Ports.ORDER_OPTION,
                        // used by the anti-patterns only; the saga makes no calls
                        Map.of(
                                "ORDERLY_PARTICIPANTS_INVENTORY_URL",
                                url(portOf(ORDER, INVENTORY, ports.inventory)).toString(),
                                "ORDERLY_PARTICIPANTS_PAYMENT_URL",
                                url(portOf(ORDER, PAYMENT, ports.payment)).toString(),
                                "ORDERLY_PARTICIPANTS_SHIPPING_URL",
                                url(portOf(ORDER, SHIPPING, ports.shipping)).toString())),
                service(INVENTORY, BACKENDS, "inventory", ports.inventory, Ports.INVENTORY_OPTION, Map.of()),
                service(
                        PAYMENT,
                        List.of(POSTGRESQL, KAFKA, PROVIDER),
                        "payments",
                        ports.payment,
                        Ports.PAYMENT_OPTION,
                        Map.of(
                                "ORDERLY_PAYMENT_PROVIDER_URL",
                                url(portOf(PAYMENT, PROVIDER, ports.provider)).toString())),
                service(SHIPPING, BACKENDS, "shipping", ports.shipping, Ports.SHIPPING_OPTION, Map.of()));
    }

    private ProcessPlan postgreSql(List<String> databases) {
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
                () -> databases.forEach(name -> cluster.createDatabase(ports.postgresql, name)));
    }

    private ProcessPlan kafka() {
        List<String> options = plus(SMALL_JVM, "-Xmx256m", "-Dlogback.configurationFile=broker-logback.xml");
        return new ProcessPlan(
                KAFKA,
                List.of(),
                ports.kafka,
                Ports.KAFKA_OPTION,
                () -> JavaCommand.mainClass(
                        options,
                        BrokerApplication.class.getName(),
                        Stream.concat(
                                        Stream.of(data.of(KAFKA).toString(), Integer.toString(ports.kafka)),
                                        detours.stream().map(BrokerApplication::argument))
                                .toArray(String[]::new)),
                Map.of(),
                StopSignal.TERM,
                Readiness.accepting(ports.kafka),
                () -> {});
    }

    private ProcessPlan paymentProvider() {
        return new ProcessPlan(
                PROVIDER,
                List.of(),
                ports.provider,
                Ports.PROVIDER_OPTION,
                () -> JavaCommand.mainClass(
                        // its book is in memory, about 700 bytes per payment: the heap has room for 200,000 payments
                        plus(SMALL_JVM, "-Xmx192m"),
                        "io.orderly.provider.PaymentProviderApplication",
                        "--port",
                        Integer.toString(ports.provider),
                        "--data",
                        data.of(PROVIDER).toString(),
                        // a customer whose card is always declined
                        "--declined-account",
                        "declined=card_expired"),
                Map.of(),
                StopSignal.TERM,
                Readiness.accepting(ports.provider),
                () -> {});
    }

    private ProcessPlan service(
            String name,
            List<String> needs,
            String databaseName,
            int port,
            String portOption,
            Map<String, String> required) {
        Database database = PostgreSqlCluster.database(portOf(name, POSTGRESQL, ports.postgresql), databaseName);
        Map<String, String> environment = new HashMap<>(settings.getOrDefault(name, Map.of()));
        environment.putAll(required);
        environment.put("SERVER_ADDRESS", LOOPBACK);
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.put("SPRING_DATASOURCE_URL", database.jdbcUrl());
        environment.put("SPRING_DATASOURCE_USERNAME", database.username());
        environment.put("SPRING_DATASOURCE_PASSWORD", database.password());
        environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", LOOPBACK + ":" + kafkaPortOf(name));

        return new ProcessPlan(
                name,
                needs,
                port,
                portOption,
                () -> programs.command(name),
                environment,
                StopSignal.TERM,
                Readiness.answering(url(port).resolve("/actuator/health/readiness")),
                () -> {});
    }

    private int portOf(String from, String to, int targetPort) {
        return links.portOf(new Link(from, to), targetPort);
    }

    private Detour detourToKafka(String service) {
        int port = FreePort.find();
        return new Detour(service, port, portOf(service, KAFKA, port));
    }

    private int kafkaPortOf(String service) {
        return detours.stream()
                .filter(detour -> detour.name().equals(service))
                .findAny()
                .map(Detour::advertisedPort)
                .orElse(ports.kafka);
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

    /** The jar of a module, and its libraries that are not part of the services. */
    private static Stream<Path> builtModule(Path home, String module) {
        Path classPath = home.resolve(module).resolve("target/class-path");
        try (Stream<Path> jars = Files.list(classPath)) {
            return jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().toList().stream();
        } catch (IOException e) {
            throw new ProcessFailure("%s is not built: %s".formatted(module, e), e);
        }
    }

    private static List<String> plus(List<String> options, String... more) {
        return Stream.concat(options.stream(), List.of(more).stream()).toList();
    }
}
