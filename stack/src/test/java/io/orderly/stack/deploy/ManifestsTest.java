package io.orderly.stack.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.orderly.stack.RunProcesses;
import io.orderly.stack.deploy.NetworkPolicies.Target;
import io.orderly.stack.process.ProcessPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** Each overlay, and the base with each component, renders to objects that are valid and that fit together. */
class ManifestsTest {

    private static final Path HOME = Path.of("..");

    /** Its image writes its configuration into its own folder. */
    private static final Set<String> WRITE_INTO_THEIR_IMAGE = Set.of("kafka");

    /** Images that are not in docker-compose.yml either. */
    private static final Set<String> FOREIGN_IMAGES = Set.of("etcd:v3.5.21");

    private static final Pattern ADDRESS = Pattern.compile("([a-z0-9.-]+):(\\d{2,5})");

    @BeforeAll
    static void assumeKustomize() {
        Kustomize.assumeInstalled();
    }

    static Stream<String> names() throws IOException {
        return Kustomize.names();
    }

    @Test
    void anUnknownFieldIsRefused() {
        String service = """
                apiVersion: v1
                kind: Service
                metadata: {name: order-service}
                spec: {selectors: {app: order-service}}
                """;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifests.parse(service))
                .withMessageContaining("selectors");
    }

    @Test
    void aKindWithoutAModelNeedsItsFields() {
        String cluster = """
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: order-service}
                spec: {triggers: []}
                """;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifests.parse(cluster))
                .withMessageContaining("spec.scaleTargetRef.name");
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyPodIsRestrictedAndProbed(String name) {
        for (Workload workload : Kustomize.render(name).workloads()) {
            String description = name + " " + workload.name();
            PodSpec pod = workload.pod();
            assertThat(pod.getSecurityContext().getRunAsNonRoot())
                    .as(description)
                    .isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType())
                    .as(description)
                    .isEqualTo("RuntimeDefault");
            assertThat(pod.getAutomountServiceAccountToken()).as(description).isFalse();
            assertThat(pod.getEnableServiceLinks()).as(description).isFalse();
            assertThat(pod.getInitContainers()).as(description).isEmpty();
            assertThat(pod.getContainers()).as(description).hasSize(1).allSatisfy(container -> {
                SecurityContext security = container.getSecurityContext();
                assertThat(security.getAllowPrivilegeEscalation()).isFalse();
                assertThat(security.getReadOnlyRootFilesystem())
                        .isEqualTo(!WRITE_INTO_THEIR_IMAGE.contains(workload.name()));
                assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
                assertThat(container.getVolumeMounts())
                        .anyMatch(mount -> mount.getMountPath().equals("/tmp"));
                assertThat(container.getStartupProbe()).as("startup probe").isNotNull();
                assertThat(container.getLivenessProbe()).as("liveness probe").isNotNull();
                assertThat(container.getReadinessProbe()).as("readiness probe").isNotNull();
                assertThat(container.getResources()).as("resources").isNotNull();
                assertThat(container.getResources().getLimits())
                        .containsKey("memory")
                        .containsEntry(
                                "memory", container.getResources().getRequests().get("memory"));
            });
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyImageIsBuiltHereOrNamedByTheComposeFile(String name) throws IOException {
        Set<String> foreign = Stream.concat(FOREIGN_IMAGES.stream(), composeImages())
                .filter(image -> !image.startsWith("orderly/"))
                .collect(Collectors.toSet());
        for (Workload workload : Kustomize.render(name).workloads()) {
            String image = workload.container().getImage();
            if (image.startsWith("orderly/")) {
                assertThat(HOME.resolve(image.substring("orderly/".length())).resolve("Dockerfile"))
                        .exists();
            } else {
                assertThat(foreign).contains(image);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everySelectorSelectsPods(String name) {
        Manifests manifests = Kustomize.render(name);
        for (Workload workload : manifests.workloads()) {
            assertThat(workload.isSelectedBy(workload.selector()))
                    .as(workload.name())
                    .isTrue();
        }
        for (PodDisruptionBudget budget : manifests.all(PodDisruptionBudget.class)) {
            assertSelects(manifests, budget, budget.getSpec().getSelector());
        }
        for (Service service : manifests.all(Service.class)) {
            LabelSelector selector = selector(service);
            assertSelects(manifests, service, selector);
            for (ServicePort port : service.getSpec().getPorts()) {
                assertThat(manifests.workloads())
                        .as("%s listens on %s", service.getMetadata().getName(), port)
                        .filteredOn(workload -> workload.isSelectedBy(selector))
                        .allMatch(workload -> workload.listensOn(
                                port.getPort().toString(), Objects.requireNonNullElse(port.getProtocol(), "TCP")));
            }
        }
        for (Map<String, Object> scaled : manifests.ofKind("ScaledObject")) {
            assertThat(manifests.workloads())
                    .filteredOn(workload -> workload.name().equals(StrictModels.at(scaled, "spec.scaleTargetRef.name")))
                    .as("the autoscaler alone sets the number of replicas")
                    .singleElement()
                    .returns(Optional.empty(), Workload::replicas);
        }
    }

    private static void assertSelects(Manifests manifests, HasMetadata object, LabelSelector selector) {
        assertThat(manifests.workloads())
                .as("pods of %s %s", object.getKind(), object.getMetadata().getName())
                .anyMatch(workload -> workload.isSelectedBy(selector));
    }

    private static LabelSelector selector(Service service) {
        return new LabelSelectorBuilder()
                .withMatchLabels(service.getSpec().getSelector())
                .build();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyWorkloadOfSeveralPodsHasABudget(String name) {
        Manifests manifests = Kustomize.render(name);
        Set<Object> scaled = manifests.ofKind("ScaledObject").stream()
                .map(each -> StrictModels.at(each, "spec.scaleTargetRef.name"))
                .collect(Collectors.toSet());
        assertThat(manifests.workloads())
                .filteredOn(workload -> workload.replicas().orElse(1) > 1 || scaled.contains(workload.name()))
                .allMatch(workload -> manifests.all(PodDisruptionBudget.class).stream()
                        .anyMatch(
                                budget -> workload.isSelectedBy(budget.getSpec().getSelector())));
    }

    /** A pod is killed after its grace period, so what it does before it ends has to be shorter. */
    @ParameterizedTest
    @MethodSource("names")
    void everyPodHasTheTimeToEnd(String name) throws IOException {
        Map<String, Map<String, Object>> defaults = new Yaml()
                .load(Files.readString(HOME.resolve("kit-core/src/main/resources/io/orderly/kit/defaults.yaml")));
        Duration shutdown = Duration.parse("PT" + defaults.get("spring").get("lifecycle.timeout-per-shutdown-phase"));
        for (Workload workload : Kustomize.render(name).workloads()) {
            assertThat(shutdown.plus(preStop(workload.container())))
                    .as(workload.name())
                    .isLessThan(Duration.ofSeconds(workload.pod().getTerminationGracePeriodSeconds()));
        }
    }

    private static Duration preStop(Container container) {
        if (container.getLifecycle() == null) {
            return Duration.ZERO;
        }
        List<String> command = container.getLifecycle().getPreStop().getExec().getCommand();
        assertThat(command).hasSize(2).startsWith("sleep");
        return Duration.ofSeconds(Long.parseLong(command.getLast()));
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyConfigMapIsUsedAndEachKeyIsASetting(String name, @TempDir Path folder) throws IOException {
        Manifests manifests = Kustomize.render(name);
        BootProperties boot = BootProperties.read();
        Set<String> ofRun = RunProcesses.in(folder).all().stream()
                .map(ProcessPlan::environment)
                .flatMap(environment -> environment.keySet().stream())
                .collect(Collectors.toSet());
        Set<String> used = new HashSet<>();
        for (Workload workload : manifests.workloads()) {
            workload.container().getEnvFrom().stream()
                    .filter(source -> source.getConfigMapRef() != null)
                    .forEach(source -> used.add(source.getConfigMapRef().getName()));
            workload.pod().getVolumes().stream()
                    .filter(volume -> volume.getConfigMap() != null)
                    .forEach(volume -> used.add(volume.getConfigMap().getName()));
            if (isOurs(workload)) {
                assertThat(manifests.environment(workload).keySet())
                        .as("settings of %s that ./run sets, or that Spring Boot has", workload.name())
                        .allMatch(key -> ofRun.contains(key)
                                || key.equals("ORDERLY_COORDINATOR_CLIENT_URL")
                                || boot.contains(key));
            }
        }
        assertThat(manifests.all(ConfigMap.class))
                .filteredOn(map -> !map.getMetadata().getLabels().containsKey("grafana_dashboard"))
                .allMatch(map -> used.contains(map.getMetadata().getName()));
    }

    /** What the settings of a process name is a Service with that port, or a backend of an operator, and no policy keeps the process from it. */
    @ParameterizedTest
    @MethodSource("names")
    void everyAddressInTheSettingsCanBeReached(String name) {
        Manifests manifests = Kustomize.render(name);
        NetworkPolicies policies = new NetworkPolicies(manifests.all(NetworkPolicy.class));
        for (Workload from : manifests.workloads()) {
            Map<String, String> environment = manifests.environment(from);
            environment.forEach((key, value) -> {
                Matcher address = ADDRESS.matcher(
                        key.matches("ORDERLY_GATEWAY_ROUTES_\\d+_SERVICE")
                                ? value + ":" + environment.get(key.replace("SERVICE", "PORT"))
                                : value);
                while (isOurs(from) && !value.contains("$(") && address.find()) {
                    String host = address.group(1);
                    int port = Integer.parseInt(address.group(2));
                    String protocol = key.equals("ORDERLY_MEMBERS_SEEDS") ? "UDP" : "TCP";
                    assertThat(targets(manifests, host, Kustomize.isOverlay(name)))
                            .as("%s: %s reaches %s", name, from.name(), address.group())
                            .isNotEmpty()
                            .allMatch(target -> policies.permit(from, target, port, protocol))
                            .allMatch(target -> !(target instanceof Target.Pod(Workload to))
                                    || to.listensOn(Integer.toString(port), protocol));
                }
            });
        }
    }

    private static List<Target> targets(Manifests manifests, String host, boolean hasBackends) {
        String service = host.substring(host.indexOf('.') + 1);
        Optional<Service> found = manifests.find(Service.class, service);
        if (found.isPresent()) {
            return manifests.workloads().stream()
                    .filter(workload -> workload.isSelectedBy(selector(found.get())))
                    .<Target>map(Target.Pod::new)
                    .toList();
        }
        if (host.contains(".")) {
            return List.of(new Target.OtherNamespace(service));
        }
        boolean isOfOperator = manifests.ofKind("Cluster").stream()
                        .anyMatch(cluster -> host.equals(StrictModels.at(cluster, "metadata.name") + "-rw"))
                || manifests.ofKind("Kafka").stream()
                        .anyMatch(kafka -> host.equals(StrictModels.at(kafka, "metadata.name") + "-kafka-bootstrap"));
        // the base has no backends
        return isOfOperator || !hasBackends && Set.of("kafka", "postgresql").contains(host)
                ? List.of(new Target.OfOperator())
                : List.of();
    }

    private static boolean isOurs(Workload workload) {
        return workload.container().getImage().startsWith("orderly/");
    }

    private static Stream<String> composeImages() throws IOException {
        Map<String, Map<String, Map<String, Object>>> file =
                new Yaml().load(Files.readString(HOME.resolve("docker-compose.yml")));
        return file.get("services").values().stream().map(service -> (String) service.get("image"));
    }
}
