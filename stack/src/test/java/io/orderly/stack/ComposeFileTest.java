package io.orderly.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.stack.coordinator.CoordinatorCluster;
import io.orderly.stack.coordinator.CoordinatorPorts;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.link.Links;
import io.orderly.stack.process.ListenPort.Transport;
import io.orderly.stack.process.ProcessPlan;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/**
 * Checks that docker-compose.yml runs the processes of {@code ./run}, on the same ports and with the same settings. The containers of a service
 * are the instances behind a gateway.
 */
class ComposeFileTest {

    private static final Path HOME = Path.of("..");

    /** The processes, besides the services, whose settings are compared. */
    private static final Set<String> COMPARED = Set.of(Gateway.NAME, Console.NAME);

    /** Within the network, a container has its own name and its own port. */
    private static final Map<String, String> INSIDE = Map.ofEntries(
            Map.entry("127.0.0.1:15432", "postgresql:5432"),
            Map.entry("127.0.0.1:9092", "kafka:19092"),
            Map.entry("127.0.0.1:8080", "gateway:8080"),
            Map.entry("127.0.0.1:8081", "gateway:8081"),
            Map.entry("127.0.0.1:8082", "gateway:8082"),
            Map.entry("127.0.0.1:8083", "gateway:8083"),
            Map.entry("127.0.0.1:8084", "payment-provider:8084"),
            Map.entry("127.0.0.1:2379", "coordinator-1:2379"),
            Map.entry("127.0.0.1:2479", "coordinator-2:2379"),
            Map.entry("127.0.0.1:2579", "coordinator-3:2379"),
            Map.entry("127.0.0.1:8085", "coordinator-1:8085"),
            Map.entry("127.0.0.1:8086", "coordinator-2:8085"),
            Map.entry("127.0.0.1:8087", "coordinator-3:8085"),
            Map.entry("127.0.0.1:2380", "coordinator-1:2380"),
            Map.entry("127.0.0.1:2480", "coordinator-2:2380"),
            Map.entry("127.0.0.1:2580", "coordinator-3:2380"));

    @TempDir
    private Path folder;

    private List<ProcessPlan> processes = List.of();
    private Map<String, String> containerNames = Map.of();
    private String seeds = "";
    private Map<String, Map<String, Object>> services = Map.of();

    @BeforeEach
    void readBoth() throws IOException {
        try (Reader reader = Files.newBufferedReader(HOME.resolve("docker-compose.yml"))) {
            Map<String, Map<String, Map<String, Object>>> file = new Yaml().load(reader);
            services = file.getOrDefault("services", Map.of());
        }
        Ports ports = CommandLine.populateCommand(new Ports());
        Path home = StubServices.builtIn(folder.resolve("home"));
        try (DataFolder data = DataFolder.take(folder.resolve("data"))) {
            CoordinatorCluster coordinators = new CoordinatorCluster(home, data, ports.coordinators);
            Topology topology = new Topology(
                    home,
                    data,
                    ports,
                    Map.of(),
                    Links.DIRECT,
                    Topology.OPTIONAL_MODULES,
                    coordinators::clientAddresses,
                    Replicas.ofServices(2));
            containerNames = topology.instances().stream()
                    .collect(Collectors.toMap(
                            ServiceInstance::processName,
                            instance -> instance.service().name()));
            seeds = topology.instances().stream()
                    .map(ServiceInstance::service)
                    .distinct()
                    .map(service -> service.name() + ":" + service.port(ports))
                    .collect(Collectors.joining(","));
            List<ProcessPlan> watched = Stream.of(topology.processes(), coordinators.processes())
                    .flatMap(List::stream)
                    .toList();
            ProcessPlan console = new Console(home, data, ports)
                    .process(topology.brokers().bootstrapServers(), watched, coordinators.restUrls(), Map.of());
            processes = Stream.concat(watched.stream(), Stream.of(console)).toList();
        }
    }

    @Test
    void hasTheSameProcessesAsRun() {
        assertThat(services.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        processes.stream().map(this::container).distinct().toList());
    }

    @Test
    void publishesTheSamePortsOnTheLoopbackInterface() {
        for (ProcessPlan process : processes) {
            if (isService(process)) {
                assertThat(service(container(process)))
                        .as("the ports are those of the gateway")
                        .doesNotContainKey("ports")
                        .containsEntry("scale", "${INSTANCES:-1}");
                continue;
            }
            // members reach each other within the network
            String expected = process.ports().stream()
                    .filter(port ->
                            !port.option().equals(CoordinatorPorts.PEER_OPTION) && port.transport() == Transport.TCP)
                    .map(port -> "127.0.0.1:%d:\\d+".formatted(port.number()))
                    .collect(Collectors.joining(", ", "\\[", "]"));
            assertThat(service(process.name()).get("ports").toString())
                    .as(process.name())
                    .matches(expected);
        }
    }

    @Test
    void startsEachContainerAfterItsDependenciesAreHealthy() {
        for (ProcessPlan process : processes) {
            Map<String, Map<String, String>> expected = process.needs().stream()
                    .map(name -> containerNames.getOrDefault(name, name))
                    .distinct()
                    .collect(Collectors.toMap(name -> name, _ -> Map.of("condition", "service_healthy")));
            assertThat(service(container(process)).getOrDefault("depends_on", Map.of()))
                    .as(process.name())
                    .isEqualTo(expected);
        }
    }

    @Test
    void givesTheServicesTheSameSettings() {
        for (ProcessPlan process : processes) {
            if (!isService(process) && !COMPARED.contains(process.name())) {
                continue;
            }
            Map<String, String> expected = new HashMap<>(process.environment());
            // a container listens on all its addresses, on the application's default port
            expected.keySet().removeAll(List.of("SERVER_ADDRESS", "SERVER_PORT"));
            expected.replaceAll((_, value) -> inside(value));
            if (expected.containsKey("ORDERLY_MEMBERS_SEEDS")) {
                // the instances of a service have the same settings, and differ in their host name
                expected.put("ORDERLY_MEMBERS_INSTANCE", "$${HOSTNAME}");
                expected.put("ORDERLY_MEMBERS_SEEDS", seeds);
            }
            assertThat(service(container(process)).get("environment"))
                    .as(process.name())
                    .isEqualTo(expected);
        }
    }

    @Test
    void givesTheMembersOfTheCoordinatorTheSameIdentities() {
        for (ProcessPlan process : processes) {
            if (!process.name().startsWith("coordinator-")) {
                continue;
            }
            Map<String, String> expected = new HashMap<>(process.environment());
            // a container listens on all its addresses, on the default ports, and has a volume
            expected.keySet().removeIf(name -> name.matches(".*(ADDRESS|PORT|HOST|DATA)"));
            expected.replaceAll((_, value) -> inside(value));
            expected.put("ORDERLY_COORDINATOR_CLIENT_URL", "http://127.0.0.1:" + process.port());
            assertThat(service(process.name()).get("environment"))
                    .as(process.name())
                    .isEqualTo(expected);
        }
    }

    @Test
    void givesTheProviderTheSameArguments() throws Exception {
        ProcessPlan provider = processes.stream()
                .filter(process -> process.name().equals(Topology.PROVIDER))
                .findFirst()
                .orElseThrow();
        List<String> command = provider.command().call();
        assertThat(command.subList(command.indexOf("--data") + 2, command.size()))
                .isEqualTo(service(Topology.PROVIDER).get("command"));
    }

    @Test
    void hasADatabaseForEachRole() throws IOException {
        String script = Files.readString(HOME.resolve("docker/databases.sql"));
        for (ProcessPlan process : processes) {
            String name = process.environment().get("SPRING_DATASOURCE_USERNAME");
            if (name != null) {
                assertThat(script)
                        .contains("CREATE ROLE %s LOGIN PASSWORD '%s';"
                                .formatted(name, process.environment().get("SPRING_DATASOURCE_PASSWORD")))
                        .contains("CREATE DATABASE %1$s OWNER %1$s;".formatted(name));
            }
        }
    }

    @Test
    void addsTheOptionalModulesToTheClassPathOfEachService() throws IOException {
        Map<String, Map<String, Map<String, Object>>> onlyPatterns =
                new Yaml().load(Files.readString(HOME.resolve("docker/only-patterns.yml")));
        for (ProcessPlan process : processes) {
            String name = container(process);
            if (!isService(process)) {
                continue;
            }
            List<?> withModules = (List<?>) service(name).get("command");
            List<?> without = (List<?>) onlyPatterns.get("services").get(name).get("command");
            assertThat(without.getFirst()).isEqualTo(name + ".jar");
            assertThat(withModules.getFirst())
                    .isEqualTo(name + ".jar"
                            + Topology.OPTIONAL_MODULES.stream()
                                    .map(":/modules/%s/*"::formatted)
                                    .collect(Collectors.joining()));
            assertThat(withModules.getLast()).isEqualTo(without.getLast());
            assertThat(service(name).get("volumes"))
                    .isEqualTo(Topology.OPTIONAL_MODULES.stream()
                            .map(module -> "./%1$s/target/class-path:/modules/%1$s:ro".formatted(module))
                            .toList());
            assertThat(Files.readString(HOME.resolve(name).resolve("Dockerfile")))
                    .contains("CMD [\"%s\", \"%s\"]".formatted(without.getFirst(), without.getLast()));
        }
    }

    @Test
    void givesEachJvmTheSameOptions() throws Exception {
        for (ProcessPlan process : processes) {
            String module = container(process).replaceFirst("coordinator-\\d", "coordinator-server");
            Path dockerfile = HOME.resolve(module).resolve("Dockerfile");
            if (Files.exists(dockerfile)) {
                String image = Files.readString(dockerfile);
                assertThat(process.command().call())
                        .filteredOn(argument -> argument.startsWith("-X"))
                        // the heap is a fraction of the container's memory, and an image has no class archive
                        .filteredOn(option -> !option.startsWith("-Xmx") && !option.contains(folder.toString()))
                        .contains("-XX:MetaspaceSize=192m", "-XX:SweeperThreshold=50")
                        .allSatisfy(option -> assertThat(image).contains('"' + option + '"'));
            }
        }
    }

    @Test
    void limitsTheMemoryOfEachContainer() {
        assertThat(services.values()).allSatisfy(service -> assertThat(service).containsKeys("mem_limit", "restart"));
    }

    private boolean isService(ProcessPlan process) {
        return containerNames.containsKey(process.name());
    }

    /** The name of the containers that correspond to a process. */
    private String container(ProcessPlan process) {
        return containerNames.getOrDefault(process.name(), process.name());
    }

    private Map<String, Object> service(String name) {
        return services.getOrDefault(name, Map.of());
    }

    private static String inside(String value) {
        for (Map.Entry<String, String> address : INSIDE.entrySet()) {
            value = value.replace(address.getKey(), address.getValue());
        }
        return value;
    }
}
