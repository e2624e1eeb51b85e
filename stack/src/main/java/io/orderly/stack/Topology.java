package io.orderly.stack;

import io.orderly.backends.process.ProcessSpec.StopSignal;
import io.orderly.stack.coordinator.CoordinatorCluster;
import io.orderly.stack.coordinator.Coordinators;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.launch.JavaCommand;
import io.orderly.stack.launch.ServicePrograms;
import io.orderly.stack.launch.SystemPlans;
import io.orderly.stack.launch.SystemPlans.Backends;
import io.orderly.stack.link.Link;
import io.orderly.stack.link.Links;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.ProcessPlan;
import io.orderly.stack.process.Readiness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The processes of the system with their dependencies, command lines and settings. */
public final class Topology {

    public static final String POSTGRESQL = SystemPlans.POSTGRESQL;
    public static final String KAFKA = SystemPlans.KAFKA;
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

    /** How many instances of each service may run: their connections to PostgreSQL are fewer than it accepts. */
    public static final int MAX_INSTANCES = 3;

    private static final List<String> BACKENDS = List.of(POSTGRESQL, KAFKA);

    /** The classes that the first service loads are used for the class archive of all. */
    private static final List<BusinessService> BUSINESS_SERVICES = List.of(
            new BusinessService(ORDER, "orders", BACKENDS, ports -> ports.order, Ports.ORDER_OPTION),
            new BusinessService(INVENTORY, "inventory", BACKENDS, ports -> ports.inventory, Ports.INVENTORY_OPTION),
            new BusinessService(
                    PAYMENT,
                    "payments",
                    List.of(POSTGRESQL, KAFKA, PROVIDER),
                    ports -> ports.payment,
                    Ports.PAYMENT_OPTION),
            new BusinessService(SHIPPING, "shipping", BACKENDS, ports -> ports.shipping, Ports.SHIPPING_OPTION));

    static final List<String> SERVICES =
            BUSINESS_SERVICES.stream().map(BusinessService::name).toList();

    private final DataFolder data;
    private final Ports ports;
    private final ServicePrograms programs;
    private final Map<String, Map<String, String>> settings;
    private final Links links;
    private final Optional<? extends Coordinators> coordinators;
    private final List<ServiceInstance> instances;

    /** Null if each service has a single instance, which has the port of the service. */
    private final @Nullable Gateway gateway;

    private final Brokers brokers;

    /**
     * @param home the root of the repository, with all services built
     * @param data the data folder
     */
    public Topology(Path home, DataFolder data, Ports ports) {
        this(home, data, ports, Map.of(), Links.DIRECT, OPTIONAL_MODULES, Optional.empty(), Replicas.NONE);
    }

    /**
     * @param settings environment variables that change a process's defaults, by the name of the process; not for PostgreSQL
     * @param links how the processes connect to each other
     * @param modules the {@link #OPTIONAL_MODULES} on the services' class path
     * @param coordinators the members that the services use, which are no part of it; empty if they run without them
     * @param replicas how many instances of each service run, and how many brokers
     * @throws ProcessFailure if a module is not built, or the data folder was used with another number of brokers
     */
    public Topology(
            Path home,
            DataFolder data,
            Ports ports,
            Map<String, Map<String, String>> settings,
            Links links,
            List<String> modules,
            Optional<? extends Coordinators> coordinators,
            Replicas replicas) {
        this.data = data;
        this.ports = ports;
        this.settings = settings;
        this.links = links;
        this.coordinators = coordinators;
        this.instances = BUSINESS_SERVICES.stream()
                .flatMap(service -> ServiceInstance.of(service, ports, replicas.instances()).stream())
                .toList();
        this.gateway = replicas.instances() == 1 ? null : new Gateway(home, data, ports);
        this.brokers = Brokers.of(replicas.brokers(), data, ports, links, SERVICES);
        this.programs = ServicePrograms.unpack(
                SERVICES.stream()
                        .collect(Collectors.toMap(
                                name -> name,
                                name -> SystemPlans.builtJar(home, name),
                                (a, b) -> a,
                                LinkedHashMap::new)),
                modules.stream().flatMap(module -> builtModule(home, module)).toList(),
                SystemPlans.smallJvm("-Xmx256m"),
                SystemPlans.libraries(home),
                data.of("programs"));
    }

    /** The base URL of a process with an HTTP interface. */
    public static URI url(int port) {
        return SystemPlans.url(port);
    }

    public ServicePrograms programs() {
        return programs;
    }

    Brokers brokers() {
        return brokers;
    }

    /** Deletes the processes' data. The unpacked programs are kept. */
    public void deleteData() {
        STORED.forEach(data::delete);
    }

    /** The links of the coordinator: from each service to its members, and between these. */
    public static List<Link> coordinatorLinks() {
        return Stream.concat(
                        SERVICES.stream()
                                .flatMap(service ->
                                        CoordinatorCluster.MEMBERS.stream().map(member -> new Link(service, member))),
                        CoordinatorCluster.peerLinks().stream())
                .toList();
    }

    /** All links without the coordinator for which {@link Links} provides ports. */
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

    /** The port of a service: that of the gateway, if it has several instances. Empty if it is no service. */
    public OptionalInt servicePort(String name) {
        return BUSINESS_SERVICES.stream()
                .filter(service -> service.name().equals(name))
                .mapToInt(service -> service.port(ports))
                .findAny();
    }

    /** The instances of all services, in the order of their services. */
    List<ServiceInstance> instances() {
        return instances;
    }

    /** All processes, each after the processes that it depends on. */
    public List<ProcessPlan> processes() {
        SystemPlans plans = new SystemPlans(data, ports);
        List<String> databases =
                BUSINESS_SERVICES.stream().map(BusinessService::database).toList();
        return Stream.of(
                        Stream.of(plans.postgreSql(databases)),
                        brokers.processes(plans).stream().map(broker -> broker.withEnvironment(settingsOf(KAFKA))),
                        Stream.of(paymentProvider()),
                        instances.stream().map(this::service),
                        gateway().stream())
                .flatMap(each -> each)
                .toList();
    }

    private Optional<ProcessPlan> gateway() {
        return Optional.ofNullable(gateway).map(each -> each.process(BUSINESS_SERVICES, seeds()));
    }

    /** The ports of the first instances, by which members find the others. */
    private List<Integer> seeds() {
        return instances.stream()
                .filter(instance -> instance.number() == 1)
                .map(ServiceInstance::port)
                .toList();
    }

    private ProcessPlan service(ServiceInstance instance) {
        BusinessService service = instance.service();
        String name = service.name();
        Map<String, String> environment = new HashMap<>(coordinatorSettings(name));
        environment.putAll(SystemPlans.members(instance.number(), seeds()));
        environment.putAll(settingsOf(name));
        environment.putAll(urlsFor(name));
        return SystemPlans.service(
                        instance.processName(),
                        Stream.concat(service.needs().stream(), brokers.names().stream())
                                .distinct()
                                .toList(),
                        instance.port(),
                        service.portOption(),
                        () -> programs.command(name, instance.number()),
                        Backends.of(
                                portOf(name, POSTGRESQL, ports.postgresql()),
                                service.database(),
                                brokers.bootstrapServers(name)),
                        environment)
                // with its last requests it gives back its leases, and would wait for members that have stopped
                .using(coordinators.map(Coordinators::members).orElse(List.of()));
    }

    /** The URLs of other processes that a service calls. */
    private Map<String, String> urlsFor(String service) {
        return switch (service) {
            // used by the anti-patterns only; the saga makes no calls
            case ORDER ->
                Map.of(
                        "ORDERLY_PARTICIPANTS_INVENTORY_URL",
                        url(portOf(ORDER, INVENTORY, ports.inventory)).toString(),
                        "ORDERLY_PARTICIPANTS_PAYMENT_URL",
                        url(portOf(ORDER, PAYMENT, ports.payment)).toString(),
                        "ORDERLY_PARTICIPANTS_SHIPPING_URL",
                        url(portOf(ORDER, SHIPPING, ports.shipping)).toString());
            case PAYMENT ->
                Map.of(
                        "ORDERLY_PAYMENT_PROVIDER_URL",
                        url(portOf(PAYMENT, PROVIDER, ports.provider)).toString());
            default -> Map.of();
        };
    }

    private ProcessPlan paymentProvider() {
        return new ProcessPlan(
                PROVIDER,
                List.of(),
                ports.provider,
                Ports.PROVIDER_OPTION,
                () -> JavaCommand.mainClass(
                        // its book is in memory, about 700 bytes per payment: the heap has room for 200,000 payments
                        SystemPlans.smallJvm("-Xmx192m"),
                        "io.orderly.provider.PaymentProviderApplication",
                        "--port",
                        Integer.toString(ports.provider),
                        "--data",
                        data.of(PROVIDER).toString(),
                        // a customer whose card is always declined
                        "--declined-account",
                        "declined=card_expired"),
                settingsOf(PROVIDER),
                StopSignal.TERM,
                Readiness.accepting(ports.provider),
                () -> {});
    }

    private Map<String, String> coordinatorSettings(String service) {
        return coordinators
                .map(members -> Map.of(
                        "ORDERLY_COORDINATOR_CLIENT_ENABLED",
                        "true",
                        "ORDERLY_COORDINATOR_CLIENT_ENDPOINTS",
                        String.join(",", members.clientAddresses(service))))
                .orElse(Map.of());
    }

    private Map<String, String> settingsOf(String process) {
        return settings.getOrDefault(process, Map.of());
    }

    private int portOf(String from, String to, int targetPort) {
        return links.portOf(new Link(from, to), targetPort);
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
}
