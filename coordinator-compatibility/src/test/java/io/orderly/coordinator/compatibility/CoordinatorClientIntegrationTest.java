package io.orderly.coordinator.compatibility;

import io.orderly.coordinator.client.ClientContract;
import io.orderly.coordinator.client.Members;
import java.io.IOException;
import java.nio.file.Path;

/** The client on three members of the coordinator; the module of the client runs the same tests on etcd. */
class CoordinatorClientIntegrationTest extends ClientContract {

    @Override
    protected Members start(Path folder) throws IOException {
        return new MembersInProcess(folder);
    }
}
