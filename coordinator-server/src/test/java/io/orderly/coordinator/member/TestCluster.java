package io.orderly.coordinator.member;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.log.DataFolder;
import io.orderly.coordinator.log.FolderDisk;
import io.orderly.coordinator.log.LogSettings;
import io.orderly.coordinator.log.NodeIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Members in one process, each with its threads and its folder. */
final class TestCluster implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    static final int MAX_PENDING_REQUESTS = 1_000;

    /** With an election timeout that a busy machine does not exceed. */
    private static final MemberSettings SETTINGS = new Binder(new MapConfigurationPropertySource(Map.of(
                    "test.election-timeout",
                    "1s",
                    "test.disk-timeout",
                    "4s",
                    "test.request-timeout",
                    "8s",
                    "test.max-pending-requests",
                    Integer.toString(MAX_PENDING_REQUESTS))))
            .bind("test", CoordinatorProperties.class)
            .get()
            .settings();

    private static final UUID CLUSTER = new UUID(0, 77);

    final InJvmNetwork network = new InJvmNetwork();
    final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    private final Path root;
    private final List<NodeId> initial;
    private final Map<NodeId, RunningMember> running = new HashMap<>();
    private final Map<NodeId, FolderDisk> disks = new HashMap<>();

    TestCluster(Path root, int size) throws IOException {
        this.root = root;
        initial = IntStream.rangeClosed(1, size).mapToObj(NodeId::new).toList();
        for (NodeId id : initial) {
            try (FolderDisk disk = FolderDisk.take(folderOf(id))) {
                DataFolder.create(disk, identity(id), id.value(), Membership.of(initial), LogSettings.DEFAULTS);
            }
            start(id);
        }
    }

    private Path folderOf(NodeId id) {
        return root.resolve("member-" + id.value());
    }

    private static NodeIdentity identity(NodeId id) {
        return new NodeIdentity(CLUSTER, id);
    }

    void start(NodeId id) throws IOException {
        FolderDisk disk = FolderDisk.take(folderOf(id));
        disks.put(id, disk);
        var configuration = new MemberConfiguration(CLUSTER.getLeastSignificantBits(), id, List.of());
        running.put(
                id,
                RunningMember.start(
                        configuration,
                        SETTINGS,
                        DataFolder.open(disk, identity(id), LogSettings.DEFAULTS),
                        receiver -> network.join(id, receiver),
                        InstantSource.system(),
                        new SimpleMeterRegistry(),
                        failures::add));
    }

    void stop(NodeId id) throws IOException {
        network.leave(id);
        running.remove(id).close();
        disks.remove(id).close();
    }

    Coordinator member(NodeId id) {
        return running.get(id).coordinator();
    }

    MemberThreads threads(NodeId id) {
        return running.get(id).threads();
    }

    List<NodeId> ids() {
        return running.keySet().stream().sorted().toList();
    }

    NodeId awaitLeader() {
        return await().atMost(PATIENCE)
                .until(
                        () -> ids().stream()
                                .filter(id -> member(id).status().role() == Status.Role.LEADER)
                                .findFirst()
                                .orElse(null),
                        leader -> leader != null
                                && ids().stream()
                                        .allMatch(id -> leader.equals(
                                                member(id).status().leader())));
    }

    NodeId awaitFollower() {
        NodeId leader = awaitLeader();
        return ids().stream().filter(id -> !id.equals(leader)).findFirst().orElseThrow();
    }

    @Override
    public void close() throws IOException {
        for (NodeId id : ids()) {
            stop(id);
        }
    }
}
