package io.orderly.coordinator.client;

import static org.awaitility.Awaitility.await;

import io.orderly.coordinator.store.Bytes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The guarantees of the client on any cluster of three members with the etcd API. Each class that extends it names the cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ClientContract
        implements WriteContract,
                LeaseContract,
                LockContract,
                ElectionContract,
                WatchContract,
                SettingContract,
                TimestampContract {

    /** Keeps the logs of the members if a test fails. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private final LossyChannels lossy = new LossyChannels();
    private final List<CoordinatorClient> clients = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Members members;
    private CoordinatorClient client;
    private int test;

    /** @param folder for data and logs */
    protected abstract Members start(Path folder) throws Exception;

    @BeforeAll
    void startMembers() throws Exception {
        members = start(folder);
        try (CoordinatorClient first = CoordinatorClient.connect(settings())) {
            await().atMost(UNTIL_STARTED)
                    .until(() -> first.ping(Duration.ofSeconds(2)).isPresent());
        }
    }

    @AfterAll
    void stopMembers() {
        threads.shutdownNow();
        if (members != null) {
            members.close();
        }
    }

    @BeforeEach
    void connect() {
        test++;
        client = anotherClient();
    }

    @AfterEach
    void disconnect() {
        clients.forEach(CoordinatorClient::close);
        clients.clear();
    }

    @Override
    public Members members() {
        return members;
    }

    @Override
    public ClientSettings settings() {
        return ClientSettings.of(members.endpoints()).withTimeout(Duration.ofSeconds(20));
    }

    @Override
    public CoordinatorClient client() {
        return client;
    }

    @Override
    public CoordinatorClient connect(ClientSettings settings) {
        return remember(CoordinatorClient.connect(settings));
    }

    @Override
    public CoordinatorClient clientWithLostResponses(ClientSettings settings) {
        return remember(CoordinatorClient.connect(settings, ClientObserver.NONE, lossy));
    }

    @Override
    public void loseResponses(int count) {
        lossy.loseResponses(count);
    }

    @Override
    public ExecutorService threads() {
        return threads;
    }

    @Override
    public Bytes key(String name) {
        return Bytes.utf8("test%d/%s".formatted(test, name));
    }

    private CoordinatorClient remember(CoordinatorClient one) {
        clients.add(one);
        return one;
    }
}
