package io.orderly.stack.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orderly.stack.StubServices;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.link.Links;
import io.orderly.stack.process.ListenPort;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.ProcessPlan;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EtcdClusterTest {

    private static final EtcdServer SERVER = new EtcdServer(Path.of("/opt/etcd"));

    @TempDir
    private Path folder;

    @Test
    void everyMemberListensOnItsOwnPortsAndKnowsAllMembers() throws Exception {
        try (DataFolder data = takeFolder()) {
            List<ProcessPlan> plans = cluster(
                            data, "--coordinator-client-ports=1,2,3", "--coordinator-peer-ports=4,5,6")
                    .processes();
            assertThat(plans).extracting(ProcessPlan::name).containsExactly("etcd-1", "etcd-2", "etcd-3");
            assertThat(plans.get(1).ports())
                    .containsExactly(
                            new ListenPort(2, CoordinatorPorts.CLIENT_OPTION),
                            new ListenPort(5, CoordinatorPorts.PEER_OPTION));
            assertThat(plans.get(1).command().call())
                    .startsWith("/opt/etcd", "--name=etcd-2", "--data-dir=" + data.of("etcd-2"))
                    .contains(
                            "--listen-client-urls=http://127.0.0.1:2",
                            "--advertise-client-urls=http://127.0.0.1:2",
                            "--listen-peer-urls=http://127.0.0.1:5",
                            "--initial-advertise-peer-urls=http://127.0.0.1:5",
                            "--initial-cluster="
                                    + "etcd-1=http://127.0.0.1:4,etcd-2=http://127.0.0.1:5,etcd-3=http://127.0.0.1:6");
            assertThat(plans).allSatisfy(plan -> assertThat(plan.needs()).isEmpty());
        }
    }

    @Test
    void itsClientsHaveTheSamePortsAsThoseOfOurCoordinator() throws IOException {
        try (DataFolder data = takeFolder()) {
            Coordinators ours = Coordinators.of(
                    Product.ORDERLY, StubServices.builtIn(folder.resolve("home")), data, ports(), Links.DIRECT);
            assertThat(cluster(data).clientAddresses("order-service"))
                    .isEqualTo(ours.clientAddresses("order-service"))
                    .containsExactly("127.0.0.1:2379", "127.0.0.1:2479", "127.0.0.1:2579");
            assertThat(cluster(data).programs()).isEmpty();
        }
    }

    @Test
    void refusesADataFolderThatWasUsedWithTheOtherProduct() throws IOException {
        try (DataFolder data = takeFolder()) {
            Files.createDirectory(data.of("etcd-2"));
            assertThatExceptionOfType(ProcessFailure.class)
                    .isThrownBy(() -> Coordinators.of(Product.ORDERLY, folder, data, ports(), Links.DIRECT))
                    .withMessageContaining("add --coordinator etcd")
                    .withMessageContaining("--fresh");
            data.empty();
            Files.createDirectory(data.of("coordinator-1"));
            assertThatExceptionOfType(ProcessFailure.class)
                    .isThrownBy(() -> Coordinators.of(Product.ETCD, folder, data, ports(), Links.DIRECT))
                    .withMessageContaining("add --coordinator orderly");
        }
    }

    @Test
    void findsAnExecutableFileOnThePath() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path notExecutable = Files.createDirectory(folder.resolve("not-executable"));
        Files.createFile(notExecutable.resolve("etcd"));
        Path installed = Files.createDirectory(folder.resolve("installed"));
        Path program = Files.createFile(
                installed.resolve("etcd"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        assertThat(EtcdServer.find(empty + File.pathSeparator + notExecutable)).isEmpty();
        assertThat(EtcdServer.find(empty + File.pathSeparator + notExecutable + File.pathSeparator + installed))
                .contains(new EtcdServer(program));
    }

    private static EtcdCluster cluster(DataFolder data, String... options) {
        return new EtcdCluster(SERVER, data, ports(options), Links.DIRECT);
    }

    private static CoordinatorPorts ports(String... options) {
        return CommandLine.populateCommand(new CoordinatorPorts(), options);
    }

    private DataFolder takeFolder() {
        return DataFolder.take(folder.resolve("data"));
    }
}
