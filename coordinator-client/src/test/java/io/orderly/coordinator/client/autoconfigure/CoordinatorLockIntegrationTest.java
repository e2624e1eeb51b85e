package io.orderly.coordinator.client.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orderly.coordinator.client.ClientSettings;
import io.orderly.coordinator.client.CoordinatorClient;
import io.orderly.coordinator.client.EtcdCluster;
import io.orderly.coordinator.client.FencingToken;
import io.orderly.coordinator.client.Members;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class CoordinatorLockIntegrationTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static Members members;
    private static CoordinatorClient client;
    private static CoordinatorClient otherClient;

    private final CoordinatorLockRegistry locks = new CoordinatorLockRegistry(client, "locks");
    private final CoordinatorLockRegistry otherLocks = new CoordinatorLockRegistry(otherClient, "locks");

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(EtcdCluster.isInstalled(), "etcd is not installed: apt-get install etcd-server");
        members = EtcdCluster.start(folder);
        client = CoordinatorClient.connect(ClientSettings.of(members.endpoints()));
        otherClient = CoordinatorClient.connect(ClientSettings.of(members.endpoints()));
        await().atMost(LONG).until(() -> client.ping(Duration.ofSeconds(2)).isPresent());
    }

    @AfterAll
    static void stop() {
        if (members != null) {
            client.close();
            otherClient.close();
            members.close();
        }
    }

    @Test
    void isReentrantAndHeldUntilTheLastUnlock() throws Exception {
        CoordinatorLock lock = locks.obtain("reentrant");
        lock.lock();
        assertThat(lock.tryLock()).isTrue();
        FencingToken first = locks.token("reentrant").orElseThrow();
        lock.unlock();
        assertThat(otherLocks.obtain("reentrant").tryLock(300, TimeUnit.MILLISECONDS))
                .isFalse();
        lock.unlock();
        assertThat(locks.token("reentrant")).isEmpty();
        otherLocks.executeLocked(
                "reentrant",
                () -> assertThat(otherLocks.token("reentrant").orElseThrow()).isGreaterThan(first));
    }

    @Test
    void belongsToItsThread() {
        CoordinatorLock lock = locks.obtain("thread");
        lock.lock();
        try {
            boolean other = CompletableFuture.supplyAsync(lock::tryLock)
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            assertThat(other).isFalse();
            assertThatThrownBy(() -> CompletableFuture.runAsync(lock::unlock)
                            .orTimeout(20, TimeUnit.SECONDS)
                            .join())
                    .hasRootCauseInstanceOf(IllegalMonitorStateException.class);
        } finally {
            lock.unlock();
        }
        assertThatThrownBy(lock::newCondition).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void unlockReportsThatTheLockWasLostBefore() {
        CoordinatorLock lock = locks.obtain("lost");
        lock.lock();
        Bytes key = client.read(Operation.Range.of(KeyRange.startingWith(Bytes.utf8("locks/lost/"))))
                .keyValues()
                .getFirst()
                .key();
        otherClient.delete(key).orThrow();
        await().atMost(LONG).until(() -> locks.token("lost").isEmpty());
        assertThatThrownBy(lock::unlock).isInstanceOf(ConcurrentModificationException.class);
        assertThat(otherLocks.obtain("lost").tryLock()).isTrue();
        otherLocks.obtain("lost").unlock();
    }

    @Test
    void removesUnusedLocks() {
        CoordinatorLock used = locks.obtain("used");
        CoordinatorLock unused = locks.obtain("unused");
        used.lock();
        locks.expireUnusedOlderThan(-1);
        assertThat(locks.obtain("used")).isSameAs(used);
        assertThat(locks.obtain("unused")).isNotSameAs(unused);
        used.unlock();
    }
}
