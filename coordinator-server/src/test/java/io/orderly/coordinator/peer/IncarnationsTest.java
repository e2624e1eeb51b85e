package io.orderly.coordinator.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.log.Disk;
import io.orderly.coordinator.log.DiskFile;
import io.orderly.coordinator.log.FolderDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncarnationsTest {

    private static final NodeId TWO = new NodeId(2);
    private static final NodeId THREE = new NodeId(3);

    @TempDir
    private Path folder;

    private FolderDisk disk;

    @BeforeEach
    void take() throws IOException {
        disk = FolderDisk.take(folder);
    }

    @AfterEach
    void release() throws IOException {
        disk.close();
    }

    private static boolean completed(CompletableFuture<Boolean> admission) throws Exception {
        return admission.get(20, TimeUnit.SECONDS);
    }

    @Test
    void theFirstIncarnationIsKeptOverARestart() throws Exception {
        Incarnations known = Incarnations.open(disk);
        assertThat(completed(known.admits(TWO, 7))).isTrue();
        assertThat(completed(known.admits(TWO, 8))).isFalse();
        Incarnations restarted = Incarnations.open(disk);
        assertThat(restarted.isAdmissible(TWO, 7)).isTrue();
        assertThat(restarted.isAdmissible(TWO, 8)).isFalse();
        assertThat(restarted.isAdmissible(THREE, 8)).isTrue();
    }

    @Test
    void ofTwoIncarnationsThatAreMetAtOnceOneIsAdmitted() throws Exception {
        Incarnations known = Incarnations.open(disk);
        CompletableFuture<Boolean> one = known.admits(TWO, 7);
        CompletableFuture<Boolean> other = known.admits(TWO, 8);
        assertThat(completed(one)).isNotEqualTo(completed(other));
    }

    @Test
    void whileTheDiskIsSlowKnownMembersAreAnsweredAtOnce() throws Exception {
        var slow = new SlowDisk(disk);
        Incarnations known = Incarnations.open(slow);
        slow.forced.countDown();
        assertThat(completed(known.admits(TWO, 7))).isTrue();
        slow.forced = new CountDownLatch(1);
        CompletableFuture<Boolean> waiting = known.admits(THREE, 9);
        assertThat(known.admits(TWO, 7)).isCompletedWithValue(true);
        assertThat(known.isAdmissible(THREE, 9)).isTrue();
        assertThat(waiting).as("it is not durable").isNotDone();
        slow.forced.countDown();
        assertThat(completed(waiting)).isTrue();
    }

    @Test
    void aMemberThatCannotBeRecordedIsNotKnown() throws Exception {
        var broken = new SlowDisk(disk);
        broken.forced.countDown();
        broken.fails = true;
        Incarnations known = Incarnations.open(broken);
        assertThatThrownBy(() -> completed(known.admits(TWO, 7))).hasCauseInstanceOf(IOException.class);
        assertThat(known.isAdmissible(TWO, 8)).isTrue();
    }

    /** A disk whose forces wait. */
    private static final class SlowDisk implements Disk {

        private final Disk disk;
        private volatile CountDownLatch forced = new CountDownLatch(1);
        private volatile boolean fails;

        SlowDisk(Disk disk) {
            this.disk = disk;
        }

        @Override
        public List<String> names() throws IOException {
            return disk.names();
        }

        @Override
        public DiskFile open(String name) throws IOException {
            return disk.open(name);
        }

        @Override
        public DiskFile create(String name) throws IOException {
            return disk.create(name);
        }

        @Override
        public void rename(String from, String to) throws IOException {
            disk.rename(from, to);
        }

        @Override
        public void delete(String name) throws IOException {
            disk.delete(name);
        }

        @Override
        public void force() throws IOException {
            try {
                if (!forced.await(20, TimeUnit.SECONDS) || fails) {
                    throw new IOException("Input/output error");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            disk.force();
        }

        @Override
        public long freeBytes() throws IOException {
            return disk.freeBytes();
        }
    }
}
