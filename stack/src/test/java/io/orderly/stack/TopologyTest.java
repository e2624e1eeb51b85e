package io.orderly.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.stack.coordinator.CoordinatorCluster;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.link.Links;
import io.orderly.stack.process.ListenPort;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.ProcessPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TopologyTest {

    @TempDir
    private Path folder;

    @Test
    void aSingleInstanceHasTheNameAndThePortOfItsService() throws IOException {
        List<ProcessPlan> plans = plans(1);

        assertThat(plans)
                .extracting(ProcessPlan::name)
                .containsExactlyElementsOf(
                        Stream.concat(Stream.of("postgresql", "kafka", "payment-provider"), Topology.SERVICES.stream())
                                .toList());
        assertThat(named(plans, "order-service").port()).isEqualTo(8080);
    }

    @Test
    void severalInstancesHaveFreePortsAndTheSameBackends() throws IOException {
        List<ProcessPlan> plans = plans(3);

        assertThat(plans).hasSize(3 + 3 * Topology.SERVICES.size() + 1);
        ProcessPlan first = named(plans, "payment-service-1");
        ProcessPlan third = named(plans, "payment-service-3");
        assertThat(plans).extracting(ProcessPlan::port).doesNotHaveDuplicates();
        assertThat(third.environment())
                .containsEntry("SERVER_PORT", Integer.toString(third.port()))
                .containsEntry("ORDERLY_MEMBERS_INSTANCE", "3")
                .containsEntry("SPRING_DATASOURCE_URL", first.environment().get("SPRING_DATASOURCE_URL"))
                .containsEntry("ORDERLY_MEMBERS_SEEDS", first.environment().get("ORDERLY_MEMBERS_SEEDS"))
                .containsEntry("ORDERLY_COORDINATOR_CLIENT_ENDPOINTS", "127.0.0.1:2379,127.0.0.1:2479,127.0.0.1:2579");
    }

    @Test
    void servicesAreStoppedBeforeTheCoordinatorsAndDoNotWaitForThem() throws IOException {
        ProcessPlan service = named(plans(1), "order-service");

        assertThat(service.uses()).isEqualTo(CoordinatorCluster.MEMBERS);
        assertThat(service.needs()).containsExactly("postgresql", "kafka");
    }

    @Test
    void aGatewayHasThePortsOfTheServicesIfTheyHaveSeveralInstances() throws IOException {
        ProcessPlan gateway = named(plans(2), "gateway");

        assertThat(gateway.ports()).extracting(ListenPort::number).contains(8079, 8080, 8081, 8082, 8083);
        assertThat(gateway.environment())
                .containsEntry("SERVER_PORT", "8079")
                .containsEntry("ORDERLY_GATEWAY_ROUTES_2_SERVICE", "payment-service")
                .containsEntry("ORDERLY_GATEWAY_ROUTES_2_PORT", "8082");
    }

    @Test
    void threeBrokersHaveTheirOwnPortsAndDataAndAreKnownToEachService() throws IOException {
        List<ProcessPlan> plans = plans(new Replicas(1, 3));

        assertThat(plans).extracting(ProcessPlan::name).contains("kafka", "kafka-2", "kafka-3");
        assertThat(named(plans, "kafka-3").port()).isEqualTo(9292);
        ProcessPlan service = named(plans, "order-service");
        assertThat(service.needs()).containsExactly("postgresql", "kafka", "kafka-2", "kafka-3");
        assertThat(service.environment())
                .containsEntry("SPRING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092,127.0.0.1:9192,127.0.0.1:9292");
        assertThat(plans).extracting(ProcessPlan::port).doesNotHaveDuplicates();
    }

    @Test
    void aDataFolderBelongsToANumberOfBrokers() throws IOException {
        Path kafka = folder.resolve("data").resolve("kafka");
        Files.createDirectories(kafka);
        assertThatThrownBy(() -> plans(new Replicas(1, 3)))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining("was used with --brokers 1");

        Files.createDirectories(kafka.resolveSibling("kafka-2"));
        assertThatThrownBy(() -> plans(1))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining("was used with --brokers 3");
        assertThat(plans(new Replicas(1, 3))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 1, --instances", "4, 1, --instances", "1, 0, --brokers", "1, 2, --brokers", "1, 4, --brokers"})
    void otherNumbersAreRefused(int instances, int brokers, String option) {
        assertThatThrownBy(() -> new Replicas(instances, brokers))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining(option);
    }

    private List<ProcessPlan> plans(int instances) throws IOException {
        return plans(Replicas.ofServices(instances));
    }

    private List<ProcessPlan> plans(Replicas replicas) throws IOException {
        try (DataFolder data = DataFolder.take(folder.resolve("data"))) {
            Path home = StubServices.builtIn(folder.resolve("home"));
            Ports ports = CommandLine.populateCommand(new Ports());
            return new Topology(
                            home,
                            data,
                            ports,
                            Map.of(),
                            Links.DIRECT,
                            Topology.OPTIONAL_MODULES,
                            Optional.of(new CoordinatorCluster(home, data, ports.coordinators)),
                            replicas)
                    .processes();
        }
    }

    private static ProcessPlan named(List<ProcessPlan> plans, String name) {
        return plans.stream().filter(plan -> plan.name().equals(name)).findAny().orElseThrow();
    }
}
