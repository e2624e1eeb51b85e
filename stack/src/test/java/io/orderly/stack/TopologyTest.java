package io.orderly.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.link.Links;
import io.orderly.stack.process.ListenPort;
import io.orderly.stack.process.ProcessPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
                .containsEntry("ORDERLY_COORDINATOR_CLIENT_ENDPOINTS", "127.0.0.1:2379");
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

    private List<ProcessPlan> plans(int instances) throws IOException {
        try (DataFolder data = DataFolder.take(folder.resolve("data"))) {
            return new Topology(
                            StubServices.builtIn(folder.resolve("home")),
                            data,
                            CommandLine.populateCommand(new Ports()),
                            Map.of(),
                            Links.DIRECT,
                            Topology.OPTIONAL_MODULES,
                            _ -> List.of("127.0.0.1:2379"),
                            instances)
                    .processes();
        }
    }

    private static ProcessPlan named(List<ProcessPlan> plans, String name) {
        return plans.stream().filter(plan -> plan.name().equals(name)).findAny().orElseThrow();
    }
}
