package io.orderly.stack.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orderly.stack.StubServices;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.link.Links;
import io.orderly.stack.process.ListenPort;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.ProcessPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CoordinatorClusterTest {

    @TempDir
    private Path folder;

    @Test
    void everyMemberKnowsItsIdAndTheAddressesOfAllMembers() throws IOException {
        assertThat(plans()).extracting(ProcessPlan::name).containsExactlyElementsOf(CoordinatorCluster.MEMBERS);
        assertThat(plans())
                .extracting(plan -> plan.environment().get("ORDERLY_COORDINATOR_ID"))
                .containsExactly("1", "2", "3");
        assertThat(plans())
                .extracting(plan -> plan.environment().get("ORDERLY_COORDINATOR_MEMBERS"))
                .containsOnly("1=http://127.0.0.1:2380,2=http://127.0.0.1:2480,3=http://127.0.0.1:2580");
        assertThat(plans())
                .extracting(plan -> plan.environment().get("ORDERLY_COORDINATOR_DATA"))
                .doesNotHaveDuplicates();
    }

    @Test
    void membersAndTheirClientsConnectThroughTheGivenLinks() throws IOException {
        CoordinatorPorts ports = CommandLine.populateCommand(new CoordinatorPorts());
        Path home = StubServices.builtIn(folder.resolve("home"));
        try (DataFolder data = DataFolder.take(folder.resolve("data"))) {
            Links shifted = (link, port) -> port + (link.from().equals("coordinator-3") ? 30_000 : 10_000);
            CoordinatorCluster cluster = new CoordinatorCluster(home, data, ports, shifted);

            assertThat(cluster.processes())
                    .extracting(plan -> plan.environment().get("ORDERLY_COORDINATOR_PEER_ROUTES"))
                    .containsExactly(
                            "2=127.0.0.1:12480,3=127.0.0.1:12580",
                            "1=127.0.0.1:12380,3=127.0.0.1:12580",
                            "1=127.0.0.1:32380,2=127.0.0.1:32480");
            assertThat(cluster.processes())
                    .extracting(plan -> plan.environment().get("ORDERLY_COORDINATOR_MEMBERS"))
                    .containsOnly("1=http://127.0.0.1:2380,2=http://127.0.0.1:2480,3=http://127.0.0.1:2580");
            assertThat(cluster.clientAddresses("order-service"))
                    .containsExactly("127.0.0.1:12379", "127.0.0.1:12479", "127.0.0.1:12579");
        }
        assertThat(plans()).noneMatch(plan -> plan.environment().containsKey("ORDERLY_COORDINATOR_PEER_ROUTES"));
    }

    @Test
    void theStoreOfAMemberIsFullLongBeforeItsHeap() throws Exception {
        for (ProcessPlan plan : plans()) {
            assertThat(plan.environment()).containsEntry("ORDERLY_COORDINATOR_STORE_MAX_BYTES", "32MB");
            assertThat(plan.command().call()).contains("-Xmx192m");
        }
    }

    @Test
    void anOptionSelectsOtherPorts() throws IOException {
        assertThat(plans("--coordinator-client-ports=1,2,3", "--coordinator-http-ports=7,8,9"))
                .extracting(ProcessPlan::ports)
                .element(1)
                .isEqualTo(List.of(
                        new ListenPort(2, CoordinatorPorts.CLIENT_OPTION),
                        new ListenPort(2480, CoordinatorPorts.PEER_OPTION),
                        new ListenPort(8, CoordinatorPorts.HTTP_OPTION)));
    }

    @Test
    void refusesAnotherNumberOfPorts() {
        assertThatExceptionOfType(ProcessFailure.class)
                .isThrownBy(() -> plans("--coordinator-peer-ports=1,2"))
                .withMessage("--coordinator-peer-ports takes 3 ports, separated by commas, and not [1, 2]");
    }

    private List<ProcessPlan> plans(String... options) throws IOException {
        CoordinatorPorts ports = CommandLine.populateCommand(new CoordinatorPorts(), options);
        try (DataFolder data = DataFolder.take(folder.resolve("data"))) {
            return new CoordinatorCluster(StubServices.builtIn(folder.resolve("home")), data, ports).processes();
        }
    }
}
