package io.orderly.stack.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import io.orderly.stack.RunProcesses;
import io.orderly.stack.Topology;
import io.orderly.stack.process.ListenPort;
import io.orderly.stack.process.ProcessPlan;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.kafka.listener.GenericKafkaListener;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * The overlays run the processes of {@code ./run}, with the same settings, on the same ports. What is the same on all containers is compared with
 * docker-compose.yml, which is compared with {@code ./run} itself.
 */
class DeployComparisonTest {

    private static final Path HOME = Path.of("..");
    private static final String COORDINATOR = "coordinator";

    /** Each pod of a set of several has its own. */
    private static final Set<String> OF_EACH_MEMBER =
            Set.of("ORDERLY_COORDINATOR_ID", "ORDERLY_COORDINATOR_NAME", "ORDERLY_COORDINATOR_CLIENT_URL");

    private static final Pattern HEALTH_CHECK = Pattern.compile("--start-period=(\\d+)s(?s:.)*?GET (\\S+) HTTP");

    @TempDir
    private Path folder;

    private RunProcesses run = new RunProcesses(List.of(), Map.of(), "");
    private Map<String, Map<String, Object>> compose = Map.of();

    @BeforeAll
    static void assumeKustomize() {
        Kustomize.assumeInstalled();
    }

    @BeforeEach
    void readBoth() throws IOException {
        run = RunProcesses.in(folder);
        Map<String, Map<String, Map<String, Object>>> file =
                new Yaml().load(Files.readString(HOME.resolve("docker-compose.yml")));
        compose = file.getOrDefault("services", Map.of());
    }

    @Test
    void theLaptopHasTheProcessesOfRun() {
        assertThat(laptop().workloads().stream().map(Workload::name))
                .containsExactlyInAnyOrderElementsOf(
                        run.all().stream().map(this::workloadOf).distinct().toList());
    }

    @Test
    void theTeamHasThemWithoutTheBackendsOfOperators() {
        assertThat(team().workloads().stream().map(Workload::name))
                .containsExactlyInAnyOrderElementsOf(run.all().stream()
                        .map(this::workloadOf)
                        .filter(name ->
                                !Set.of(Topology.POSTGRESQL, Topology.KAFKA).contains(name))
                        .distinct()
                        .toList());
    }

    @Test
    void theProcessesHaveTheSettingsOfRun() {
        for (ProcessPlan process : run.all()) {
            if (Set.of(Topology.POSTGRESQL, Topology.KAFKA).contains(process.name())) {
                continue;
            }
            Map<String, String> expected = new HashMap<>(process.environment());
            // a container listens on all its addresses, on the default ports, and has a volume
            expected.keySet().removeIf(name -> name.matches("SERVER_.*|.*COORDINATOR.*(ADDRESS|PORT|HOST|DATA)"));
            expected.keySet().removeAll(OF_EACH_MEMBER);
            expected.replaceAll((_, value) -> inCluster(value));
            expected.replace("ORDERLY_SECURITY_OPEN", "anywhere");
            if (expected.containsKey("ORDERLY_MEMBERS_SEEDS")) {
                expected.put("ORDERLY_MEMBERS_INSTANCE", "${HOSTNAME}");
                expected.put("ORDERLY_MEMBERS_SEEDS", run.seeds());
            }
            Map<String, String> environment = new HashMap<>(laptop().environment(workload(laptop(), process)));
            environment.keySet().removeAll(OF_EACH_MEMBER);
            assertThat(environment).as(process.name()).isEqualTo(expected);
        }
    }

    /** The id of a member is its number, which is in its name. */
    @Test
    void theMembersOfTheCoordinatorHaveTheirIdentities() {
        Workload coordinators = workload(laptop(), COORDINATOR);
        assertThat(laptop().environment(coordinators))
                .containsEntry("ORDERLY_COORDINATOR_ID", "{metadata.labels['apps.kubernetes.io/pod-index']}")
                .containsEntry("ORDERLY_COORDINATOR_NAME", "{metadata.name}")
                .containsEntry("ORDERLY_COORDINATOR_CLIENT_URL", "http://$(ORDERLY_COORDINATOR_NAME).coordinator:2379");
        assertThat(coordinators.replicas()).contains(3);
        assertThat(laptop().documents().stream()
                        .filter(document -> COORDINATOR.equals(StrictModels.at(document, "spec.serviceName")))
                        .map(document -> StrictModels.at(document, "spec.ordinals.start")))
                .containsExactly(1);
    }

    @Test
    void theProcessesListenOnThePortsOfRun() {
        for (ProcessPlan process : run.all()) {
            Workload workload = workload(laptop(), process);
            if (run.isService(process)) {
                String port = seedPort(workload.name());
                assertThat(List.of("TCP", "UDP")).allMatch(protocol -> workload.listensOn(port, protocol));
            } else if (!Set.of(Topology.POSTGRESQL, "coordinator-2", "coordinator-3")
                    .contains(process.name())) {
                assertThat(workload.container().getPorts().stream()
                                .map(port -> port.getContainerPort() + "/"
                                        + (port.getProtocol() == null ? "TCP" : port.getProtocol())))
                        .as(process.name())
                        .containsExactlyInAnyOrderElementsOf(process.ports().stream()
                                .map(DeployComparisonTest::description)
                                .toList());
            }
        }
    }

    private static String description(ListenPort port) {
        return port.number() + "/" + port.transport();
    }

    @Test
    void thePodsHaveTheMemoryArgumentsAndTimeToEndOfTheContainers() {
        for (Workload workload : laptop().workloads()) {
            Map<String, Object> container = compose.getOrDefault(
                    workload.name().equals(COORDINATOR) ? "coordinator-1" : workload.name(), Map.of());
            Quantity limit = workload.container().getResources().getLimits().get("memory");
            assertThat(Quantity.getAmountInBytes(limit)).as(workload.name()).isEqualByComparingTo(bytes((String)
                    container.get("mem_limit")));
            assertThat(workload.pod().getTerminationGracePeriodSeconds() + "s")
                    .isEqualTo(container.getOrDefault("stop_grace_period", "30s"));
            if (!run.services().containsValue(workload.name())) { // there, the command has the optional modules
                assertThat(workload.container().getArgs()).isEqualTo(container.getOrDefault("command", List.of()));
            }
        }
    }

    private static BigDecimal bytes(String megabytes) {
        return Quantity.getAmountInBytes(Quantity.parse(megabytes.replace("m", "Mi")));
    }

    @Test
    void theProbesAskWhatTheImagesAsk() throws IOException {
        for (Workload workload : laptop().workloads()) {
            String image = workload.container().getImage();
            if (!image.startsWith("orderly/")) {
                continue;
            }
            MatchResult check = HEALTH_CHECK
                    .matcher(Files.readString(
                            HOME.resolve(image.replace("orderly/", "")).resolve("Dockerfile")))
                    .results()
                    .findFirst()
                    .orElseThrow();
            var startup = workload.container().getStartupProbe();
            assertThat(startup.getPeriodSeconds() * startup.getFailureThreshold())
                    .as(workload.name())
                    .isEqualTo(Integer.parseInt(check.group(1)));
            assertThat(workload.container().getReadinessProbe().getHttpGet().getPath())
                    .isEqualTo(check.group(2));
            assertThat(workload.container().getLivenessProbe().getHttpGet().getPath())
                    .isEqualTo(check.group(2).replace("readiness", "liveness"));
        }
    }

    @Test
    void theBackendsOfTheLaptopHaveTheirSettings() {
        Map<String, String> kafka = new HashMap<>(composeEnvironment(Topology.KAFKA));
        kafka.replaceAll((_, value) -> value.replaceAll(",OUTSIDE:(PLAINTEXT|//127.0.0.1:9092|//:9092)", "")
                .replace(":19092", ":9092"));
        assertThat(laptop().environment(workload(laptop(), Topology.KAFKA))).isEqualTo(kafka);
        assertThat(laptop().environment(workload(laptop(), Topology.POSTGRESQL)))
                .isEqualTo(composeEnvironment(Topology.POSTGRESQL));
    }

    @Test
    void eachServiceHasAClusterOfPostgreSqlWithTheSettingsOfRun() {
        Map<String, Object> settings = ((List<?>)
                        compose.get(Topology.POSTGRESQL).get("command"))
                .stream()
                        .map(String.class::cast)
                        .filter(argument -> argument.startsWith("-c"))
                        .map(argument -> argument.substring(2).split("=", 2))
                        // the operator allows no other value of it than on
                        .filter(setting -> !setting[0].equals("full_page_writes"))
                        .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
        Map<String, Object> initdb = Arrays.stream(composeEnvironment(Topology.POSTGRESQL)
                        .get("POSTGRES_INITDB_ARGS")
                        .split(" "))
                .map(argument -> argument.equals("--no-locale") ? "--locale=C" : argument)
                .map(argument -> argument.substring(2).split("=", 2))
                .collect(Collectors.toMap(argument -> withoutHyphens(argument[0]), argument -> argument[1]));
        List<Map<String, Object>> clusters = team().ofKind("Cluster");
        assertThat(clusters).allSatisfy(cluster -> {
            assertThat(StrictModels.at(cluster, "spec.postgresql.parameters")).isEqualTo(settings);
            assertThat(StrictModels.at(cluster, "spec.postgresql.synchronous.number"))
                    .isEqualTo(1);
            Map<String, Object> expected = new TreeMap<>(initdb);
            expected.put("database", StrictModels.at(cluster, "metadata.name"));
            expected.put("owner", StrictModels.at(cluster, "metadata.name"));
            assertThat(StrictModels.at(cluster, "spec.bootstrap.initdb")).isEqualTo(expected);
        });
        assertThat(clusters.stream()
                        .map(cluster -> "jdbc:postgresql://%1$s-rw:5432/%1$s"
                                .formatted(StrictModels.at(cluster, "metadata.name"))))
                .containsExactlyInAnyOrderElementsOf(services(team())
                        .map(service -> team().environment(service).get("SPRING_DATASOURCE_URL"))
                        .toList());
        assertThat(team().ofKind("ScheduledBackup").stream()
                        .map(backup -> StrictModels.at(backup, "spec.cluster.name")))
                .containsExactlyInAnyOrderElementsOf(clusters.stream()
                        .map(cluster -> StrictModels.at(cluster, "metadata.name"))
                        .toList());
        services(team()).forEach(service -> {
            Map<String, String> environment = team().environment(service);
            String database = environment.get("SPRING_DATASOURCE_URL").replaceAll(".*/", "");
            assertThat(environment)
                    .containsEntry("SPRING_DATASOURCE_USERNAME", database + "-app username")
                    .containsEntry("SPRING_DATASOURCE_PASSWORD", database + "-app password");
        });
    }

    @Test
    void threeBrokersKeepWhatTwoHaveAndServicesConnectWithCertificates() {
        Kafka kafka = team().all(Kafka.class).getFirst();
        Map<String, Object> config = kafka.getSpec().getKafka().getConfig();
        Map<String, String> ofRun = composeEnvironment(Topology.KAFKA);
        config.forEach((name, value) -> {
            String variable = "KAFKA_" + name.replace('.', '_').toUpperCase(Locale.ROOT);
            switch (name.replaceAll(".*\\.", "")) {
                case "factor" -> assertThat(value).as(name).isEqualTo(3);
                case "isr", "replicas" -> assertThat(value).as(name).isEqualTo(2);
                default -> assertThat(value.toString()).as(name).isEqualTo(ofRun.get(variable));
            }
        });
        assertThat(kafka.getSpec()
                        .getKafka()
                        .getTemplate()
                        .getPod()
                        .getSecurityContext()
                        .getRunAsNonRoot())
                .as("what the namespace requires")
                .isTrue();
        assertThat(config)
                .containsKeys("auto.create.topics.enable", "default.replication.factor", "min.insync.replicas");
        assertThat(team().all(KafkaNodePool.class))
                .singleElement()
                .satisfies(pool -> assertThat(pool.getSpec().getReplicas()).isEqualTo(3));
        List<GenericKafkaListener> listeners = kafka.getSpec().getKafka().getListeners();
        assertThat(listeners)
                .filteredOn(listener -> listener.getPort() == 9093)
                .singleElement()
                .satisfies(listener -> {
                    assertThat(listener.isTls()).isTrue();
                    assertThat(listener.getAuth().getType()).isEqualTo("tls");
                });
        assertThat(listeners)
                .filteredOn(listener -> listener.getPort() != 9093)
                .as("who may connect without a certificate")
                .allMatch(listener -> !listener.getNetworkPolicyPeers().isEmpty());
        services(team()).forEach(service -> {
            assertThat(team().find(KafkaUser.class, service.name())).isPresent();
            assertThat(service.pod().getVolumes())
                    .filteredOn(volume -> volume.getName().equals("kafka-user"))
                    .singleElement()
                    .satisfies(volume ->
                            assertThat(volume.getSecret().getSecretName()).isEqualTo(service.name()));
        });
    }

    @Test
    void eachServiceIsScaledByTheLagOfItsGroup() {
        List<Map<String, Object>> scaled = team().ofKind("ScaledObject");
        assertThat(scaled.stream().map(each -> StrictModels.at(each, "spec.scaleTargetRef.name")))
                .containsExactlyInAnyOrderElementsOf(Set.copyOf(run.services().values()));
        assertThat(scaled).allSatisfy(each -> {
            assertThat(StrictModels.at(each, "spec.maxReplicaCount")).isEqualTo(Topology.MAX_INSTANCES);
            assertThat((List<?>) StrictModels.at(each, "spec.triggers"))
                    .singleElement()
                    .extracting(trigger -> ((Map<?, ?>) ((Map<?, ?>) trigger).get("metadata")).get("consumerGroup"))
                    .isEqualTo(StrictModels.at(each, "spec.scaleTargetRef.name"));
        });
    }

    @Test
    void threeMembersOfEtcdTakeThePlaceOfTheCoordinator() {
        Manifests manifests = Kustomize.render("etcd");
        Workload etcd = workload(manifests, "etcd");
        String members = IntStream.rangeClosed(1, 3)
                .mapToObj("etcd-%1$d=http://etcd-%1$d.etcd:2380"::formatted)
                .collect(Collectors.joining(","));
        assertThat(manifests.workloads().stream().map(Workload::name)).doesNotContain(COORDINATOR);
        assertThat(etcd.replicas()).contains(3);
        assertThat(etcd.container().getArgs()).contains("--initial-cluster=" + members);
        assertThat(services(manifests))
                .allSatisfy(service -> assertThat(manifests.environment(service))
                        .containsEntry(
                                "ORDERLY_COORDINATOR_CLIENT_ENDPOINTS",
                                "etcd-1.etcd:2379,etcd-2.etcd:2379,etcd-3.etcd:2379"));
    }

    private static Manifests laptop() {
        return Kustomize.render("laptop");
    }

    private static Manifests team() {
        return Kustomize.render("team");
    }

    private Stream<Workload> services(Manifests manifests) {
        return manifests.workloads().stream().filter(workload -> run.services().containsValue(workload.name()));
    }

    private Workload workload(Manifests manifests, ProcessPlan process) {
        return workload(manifests, workloadOf(process));
    }

    private static Workload workload(Manifests manifests, String name) {
        return manifests.workloads().stream()
                .filter(workload -> workload.name().equals(name))
                .findAny()
                .orElseThrow(() -> new AssertionError("no workload " + name));
    }

    /** The instances of a service, and the members of the coordinator, are pods of one workload. */
    private String workloadOf(ProcessPlan process) {
        return run.nameOf(process).replaceFirst("coordinator-\\d", COORDINATOR);
    }

    private String seedPort(String service) {
        return Arrays.stream(run.seeds().split(","))
                .filter(seed -> seed.startsWith(service + ":"))
                .map(seed -> seed.substring(service.length() + 1))
                .findAny()
                .orElseThrow();
    }

    private static String inCluster(String value) {
        return RunProcesses.inNetwork(value)
                .replace("kafka:19092", "kafka:9092")
                .replaceAll("(coordinator-\\d):", "$1.coordinator:");
    }

    @SuppressWarnings("unchecked")
    private Map<String, String> composeEnvironment(String service) {
        return (Map<String, String>) compose.getOrDefault(service, Map.of()).getOrDefault("environment", Map.of());
    }

    /** Such as {@code localeProvider} for {@code locale-provider}. */
    private static String withoutHyphens(String name) {
        return Pattern.compile("-(.)")
                .matcher(name)
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }
}
