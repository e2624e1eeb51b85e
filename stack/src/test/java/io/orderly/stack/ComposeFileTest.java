package io.orderly.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.stack.coordinator.CoordinatorPorts;
import io.orderly.stack.process.ListenPort.Transport;
import io.orderly.stack.process.ProcessPlan;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * Checks that docker-compose.yml runs the processes of {@code ./run}, on the same ports and with the same settings. The containers of a service
 * are the instances behind a gateway.
 */
class ComposeFileTest {

    private static final Path HOME = Path.of("..");

    /** The processes, besides the services, whose settings are compared. */
    private static final Set<String> COMPARED = Set.of(Gateway.NAME, Console.NAME);

    @TempDir
    private Path folder;

    private RunProcesses run = new RunProcesses(List.of(), Map.of(), "");
    private List<ProcessPlan> processes = List.of();
    private Map<String, Map<String, Object>> services = Map.of();

    @BeforeEach
    void readBoth() throws IOException {
        Map<String, Map<String, Map<String, Object>>> file = yaml("docker-compose.yml");
        services = file.getOrDefault("services", Map.of());
        run = RunProcesses.in(folder);
        processes = run.all();
    }

    @Test
    void hasTheSameProcessesAsRun() {
        assertThat(services.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        processes.stream().map(run::nameOf).distinct().toList());
    }

    @Test
    void publishesTheSamePortsOnTheLoopbackInterface() {
        for (ProcessPlan process : processes) {
            if (run.isService(process)) {
                assertThat(service(run.nameOf(process)))
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
                    .map(name -> run.services().getOrDefault(name, name))
                    .distinct()
                    .collect(Collectors.toMap(name -> name, _ -> Map.of("condition", "service_healthy")));
            assertThat(service(run.nameOf(process)).getOrDefault("depends_on", Map.of()))
                    .as(process.name())
                    .isEqualTo(expected);
        }
    }

    @Test
    void givesTheServicesTheSameSettings() {
        for (ProcessPlan process : processes) {
            if (!run.isService(process) && !COMPARED.contains(process.name())) {
                continue;
            }
            Map<String, String> expected = new HashMap<>(process.environment());
            // a container listens on all its addresses, on the application's default port
            expected.keySet().removeAll(List.of("SERVER_ADDRESS", "SERVER_PORT"));
            expected.replaceAll((_, value) -> RunProcesses.inNetwork(value));
            expected.replace("ORDERLY_SECURITY_OPEN", "anywhere");
            if (expected.containsKey("ORDERLY_MEMBERS_SEEDS")) {
                // the instances of a service have the same settings, and differ in their host name
                expected.put("ORDERLY_MEMBERS_INSTANCE", "$${HOSTNAME}");
                expected.put("ORDERLY_MEMBERS_SEEDS", run.seeds());
            }
            assertThat(service(run.nameOf(process)).get("environment"))
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
            expected.replaceAll((_, value) -> RunProcesses.inNetwork(value));
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
            String name = run.nameOf(process);
            if (!run.isService(process)) {
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
            String module = run.nameOf(process).replaceFirst("coordinator-\\d", "coordinator-server");
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

    /** docker/telemetry.yml, which is laid over the file. */
    @Nested
    class Telemetry {

        private final Map<String, Map<String, Map<String, Object>>> file = yaml("docker/telemetry.yml");
        private final Map<String, List<Map<String, Object>>> prometheus = yaml("docker/telemetry/prometheus.yaml");

        @Test
        void takesTheTracesOfEachService() {
            Map<String, Map<String, Object>> containers = file.getOrDefault("services", Map.of());
            assertThat(containers.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(run.services().values().stream(), Stream.of("telemetry"))
                                    .distinct()
                                    .toList());
            run.services()
                    .values()
                    .forEach(service -> assertThat(containers.get(service))
                            .containsOnly(Map.entry(
                                    "environment",
                                    Map.of(
                                            "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT",
                                            "http://telemetry:4318/v1/traces"))));
        }

        @Test
        void readsTheMetricsOfEachProcessThatHasSome() {
            Set<String> expected = processes.stream()
                    .filter(process -> process.environment().containsKey("SERVER_PORT"))
                    .filter(process -> !run.isService(process))
                    .map(process -> RunProcesses.inNetwork(
                                    "127.0.0.1:" + process.environment().get("SERVER_PORT"))
                            .replace("127.0.0.1", process.name()))
                    .collect(Collectors.toSet());
            expected.addAll(List.of(run.seeds().split(",")));
            assertThat(targets()).containsExactlyInAnyOrderElementsOf(expected);
        }

        /** Each as host and port. */
        private List<String> targets() {
            return prometheus.getOrDefault("scrape_configs", List.of()).stream()
                    .flatMap(job -> job.containsKey("static_configs") ? listed(job) : resolved(job))
                    .toList();
        }

        @SuppressWarnings("unchecked")
        private static Stream<String> listed(Map<String, Object> job) {
            return ((List<Map<String, List<String>>>) job.get("static_configs"))
                    .stream().flatMap(config -> config.getOrDefault("targets", List.of()).stream());
        }

        @SuppressWarnings("unchecked")
        private static Stream<String> resolved(Map<String, Object> job) {
            return ((List<Map<String, Object>>) job.get("dns_sd_configs"))
                    .stream()
                            .flatMap(config -> ((List<String>) config.get("names"))
                                    .stream().map(name -> name + ":" + config.get("port")));
        }

        @Test
        void mountsFilesOfTheRepositoryAndProvisionsTheDashboards() {
            List<String> mounts = ((List<?>)
                            file.get("services").get("telemetry").get("volumes"))
                    .stream().map(Object::toString).toList();
            assertThat(mounts)
                    .allSatisfy(mount -> assertThat(HOME.resolve(mount.substring(0, mount.indexOf(':'))))
                            .exists())
                    .anyMatch(mount -> mount.startsWith("./deploy/components/telemetry/dashboards:"));
            assertThat(yaml("docker/telemetry/dashboards.yaml").toString())
                    .contains("path=%s}".formatted(mounts.getLast().split(":")[1]));
        }
    }

    private static <T> T yaml(String path) {
        try (Reader reader = Files.newBufferedReader(HOME.resolve(path))) {
            return new Yaml().load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> service(String name) {
        return services.getOrDefault(name, Map.of());
    }
}
