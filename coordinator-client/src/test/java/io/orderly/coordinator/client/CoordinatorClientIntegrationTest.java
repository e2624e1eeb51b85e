package io.orderly.coordinator.client;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/**
 * The client on three members of the coordinator. Their module comes after this one, so the path of its executable jar is passed:
 * {@code -Dcoordinator.jar=…}; without it the tests are skipped.
 */
@Tag("slow")
class CoordinatorClientIntegrationTest extends ClientContract {

    @Override
    Members start(Path folder) {
        Path jar = Path.of(System.getProperty("coordinator.jar", ""));
        assumeTrue(Files.isRegularFile(jar), "-Dcoordinator.jar does not name the jar of coordinator-server");
        return CoordinatorCluster.start(jar, folder);
    }
}
