package io.orderly.coordinator.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members on a file system in memory that becomes full. Skipped without root privileges, which mounting requires. */
@Tag("slow")
class FullDiskIntegrationTest {

    private static final Bytes KEY = Bytes.utf8("key");

    @TempDir
    private Path root;

    private Path mounted;
    private TestCluster cluster;

    @AfterEach
    void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
            assertThat(cluster.failures).isEmpty();
        }
        if (mounted != null) {
            run("umount", mounted.toString());
        }
    }

    private void mount(Path folder, int mebibytes) throws Exception {
        Files.createDirectories(folder);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString()),
                "cannot mount a small file system");
        mounted = folder;
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** @param leftBytes of the file system; 0 for none */
    private Path fill(long leftBytes) throws IOException {
        Path filler = mounted.resolve("filler");
        try (FileChannel channel = FileChannel.open(filler, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate(64 << 10);
            while (Files.getFileStore(mounted).getUsableSpace() > leftBytes) {
                channel.write(zeros.clear());
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
        return filler;
    }

    private Reply<StoreResponse> execute(StoreCommand command) throws Exception {
        return cluster.member(cluster.awaitLeader())
                .execute(command)
                .get(TestCluster.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private Reply<StoreResponse> put(int value) throws Exception {
        return execute(StoreCommand.Put.of(KEY, Bytes.of(new byte[1_000 + value])));
    }

    @Test
    void aMajorityWithSpaceGoesOnAndTheOtherMemberCatchesUp() throws Exception {
        NodeId full = new NodeId(1);
        mount(root.resolve("member-1"), 90);
        cluster = new TestCluster(root, 3);
        await().atMost(TestCluster.PATIENCE)
                .until(() -> cluster.ids().stream()
                        .anyMatch(id ->
                                !id.equals(full) && cluster.member(id).status().role() == Status.Role.LEADER));
        Path filler = fill(0);
        await().atMost(TestCluster.PATIENCE)
                .until(() -> put(0) instanceof Reply.Completed
                        && cluster.threads(full).freeDiskBytes() == 0);
        for (int i = 0; i < 100; i++) {
            assertThat(put(i)).isInstanceOf(Reply.Completed.class);
        }
        assertThat(cluster.member(full).isDiskLow()).isTrue();

        Files.delete(filler);
        NodeId other = cluster.ids().stream()
                .filter(id -> !id.equals(full) && !id.equals(cluster.awaitLeader()))
                .findFirst()
                .orElseThrow();
        cluster.stop(other);
        assertThat(put(7)).as("it needs the member that had no space").isInstanceOf(Reply.Completed.class);
    }

    @Test
    void withoutSpaceAnywhereDataIsRefusedAndAcceptedAgain() throws Exception {
        mount(root, 400);
        cluster = new TestCluster(root, 3);
        assertThat(put(0)).isInstanceOf(Reply.Completed.class);
        Path filler = fill(40L << 20);
        await().atMost(TestCluster.PATIENCE)
                .untilAsserted(() -> assertThat(put(1)).isEqualTo(new Reply.Refused<>(new Refusal.DiskFull())));
        assertThat(execute(StoreCommand.DeleteRange.of(KEY))).isInstanceOf(Reply.Completed.class);

        Files.delete(filler);
        await().atMost(TestCluster.PATIENCE)
                .untilAsserted(() -> assertThat(put(2)).isInstanceOf(Reply.Completed.class));
    }
}
