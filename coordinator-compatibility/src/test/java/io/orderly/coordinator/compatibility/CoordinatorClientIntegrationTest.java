package io.orderly.coordinator.compatibility;

import io.orderly.coordinator.client.ClientContract;
import io.orderly.coordinator.client.Members;
import io.orderly.coordinator.client.ProcessMembers;
import java.nio.file.Path;

/** The client on three members of the coordinator; the module of the client runs the same tests on etcd. */
class CoordinatorClientIntegrationTest extends ClientContract {

    @Override
    protected Members start(Path folder) {
        return new ProcessMembers(
                folder,
                ports -> MemberCluster.command(
                        ports.member(),
                        folder,
                        ports.client(),
                        ports.peers(),
                        ports.http(),
                        // so that a busy machine causes no elections
                        "election-timeout=1s",
                        "disk-timeout=5s"));
    }
}
