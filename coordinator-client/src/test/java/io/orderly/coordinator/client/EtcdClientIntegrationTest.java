package io.orderly.coordinator.client;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** The client on a cluster of etcd. Debian has it in the package {@code etcd-server}; without it the tests are skipped. */
@Tag("slow")
class EtcdClientIntegrationTest extends ClientContract {

    @Override
    protected Members start(Path folder) {
        assumeTrue(EtcdCluster.isInstalled(), "etcd is not installed: apt-get install etcd-server");
        return EtcdCluster.start(folder);
    }
}
