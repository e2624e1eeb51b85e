package io.orderly.coordinator.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.log.UnusableFolderException;
import io.orderly.coordinator.machine.Machine;
import io.orderly.coordinator.peer.PeerSettings;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Members as in their processes, with folders and TCP connections. */
@Tag("slow")
class MemberProcessIntegrationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Bytes KEY = Bytes.utf8("key");

    @TempDir
    private Path root;

    private final Map<Integer, Integer> ports = new TreeMap<>();
    private final Map<Integer, MemberProcess> running = new TreeMap<>();
    private final Map<Integer, SimpleMeterRegistry> meters = new HashMap<>();

    @BeforeEach
    void start() throws IOException {
        for (int id = 1; id <= 4; id++) {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                ports.put(id, socket.getLocalPort());
            }
        }
        for (int id = 1; id <= 3; id++) {
            start(id, Map.of());
        }
    }

    @AfterEach
    void stop() throws IOException {
        for (MemberProcess process : running.values()) {
            process.close();
        }
    }

    private void start(int id, Map<String, String> more) throws IOException {
        Map<String, String> values = new HashMap<>();
        values.put("id", Integer.toString(id));
        values.put("data", root.resolve("member-" + id).toString());
        values.put("peer-address", "127.0.0.1:" + ports.get(id));
        values.put("members", Stream.of(1, 2, 3).map(this::member).collect(Collectors.joining(",")));
        values.put("client-url", "http://client-" + id + ":1");
        // so that a busy machine causes no elections
        values.put("election-timeout", "2s");
        values.put("disk-timeout", "5s");
        values.put("request-timeout", "15s");
        values.putAll(more);
        Map<String, String> prefixed = new HashMap<>();
        values.forEach((name, value) -> prefixed.put("orderly.coordinator." + name, value));
        CoordinatorProperties properties = new Binder(new MapConfigurationPropertySource(prefixed))
                .bind("orderly.coordinator", CoordinatorProperties.class)
                .get();
        meters.put(id, new SimpleMeterRegistry());
        running.put(
                id,
                new MemberProcess(properties, PeerSettings.DEFAULTS, Optional.empty(), Machine.LOCAL, meters.get(id)));
    }

    private String member(int id) {
        return id + "=" + peerUrl(id);
    }

    private String peerUrl(int id) {
        return "http://127.0.0.1:" + ports.get(id);
    }

    private Coordinator coordinator(int id) {
        return running.get(id).member().coordinator();
    }

    private int awaitLeader() {
        return await().atMost(PATIENCE)
                .until(
                        () -> running.keySet().stream()
                                .filter(id -> coordinator(id).status().role() == Status.Role.LEADER)
                                .findFirst()
                                .orElse(0),
                        id -> id > 0);
    }

    private static <R> R completed(CompletableFuture<Reply<R>> future) throws Exception {
        Reply<R> reply = future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(reply).isInstanceOf(Reply.Completed.class);
        return ((Reply.Completed<R>) reply).result();
    }

    private void put(int id, String value) throws Exception {
        assertThat(completed(coordinator(id).execute(StoreCommand.Put.of(KEY, Bytes.utf8(value)))))
                .isInstanceOf(StoreResponse.Put.class);
    }

    private List<String> read(int id) throws Exception {
        return ((StoreResponse.Range) completed(coordinator(id).read(Operation.Range.of(KEY))))
                .keyValues().stream().map(KeyValue::value).map(Bytes::toUtf8).toList();
    }

    @Test
    void allMembersServeClientsAndPublishThemselves() throws Exception {
        awaitLeader();
        for (int id = 1; id <= 3; id++) {
            put(id, "value-" + id);
            assertThat(read(id % 3 + 1)).containsExactly("value-" + id);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(coordinator(1).members())
                        .extracting(Member::name)
                        .containsExactly("coordinator-1", "coordinator-2", "coordinator-3"));
        assertThat(coordinator(2).members().getFirst().clientUrls()).containsExactly("http://client-1:1");
    }

    @Test
    void aLeaderThatIsStoppedTransfersLeadership() throws Exception {
        int leader = awaitLeader();
        put(leader, "before");
        running.remove(leader).close();
        int other = running.keySet().iterator().next();
        assertThat(read(other)).containsExactly("before");
        double losses = running.keySet().stream()
                .mapToDouble(id -> meters.get(id)
                        .counter("orderly.coordinator.node.failures")
                        .count())
                .sum();
        assertThat(losses).as("leaders lost, although there was a transfer").isZero();
    }

    @Test
    void aMemberWithoutItsFolderIsRefusedUnderItsOldId() throws Exception {
        awaitLeader();
        put(3, "before");
        running.remove(3).close();
        Path folder = root.resolve("member-3");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        start(3, Map.of());
        await().atMost(PATIENCE)
                .until(() -> running.keySet().stream()
                        .filter(id -> id != 3)
                        .anyMatch(id -> meters.get(id).find("orderly.coordinator.peer.refused").counters().stream()
                                .anyMatch(refusals -> refusals.count() > 2)));
        assertThat(coordinator(3).status().leader()).isNull();
        assertThat(coordinator(3).status().applied()).isZero();
        put(1, "after");
    }

    @Test
    void aFolderOfAnotherMemberIsRefused() {
        assertThatThrownBy(() -> start(4, Map.of("join", "true", "peer-url", peerUrl(4), "data", root + "/member-1")))
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining("in use");
    }

    @Test
    void aMemberThatJoinsCatchesUpAndBecomesAVoter() throws Exception {
        int leader = awaitLeader();
        put(leader, "before");
        Member added = completed(coordinator(leader).addMember(List.of(peerUrl(4)), true));
        assertThat(added).isEqualTo(new Member(new NodeId(4), "", List.of(peerUrl(4)), List.of(), true));
        start(4, Map.of("join", "true", "peer-url", peerUrl(4)));
        await().atMost(PATIENCE)
                .until(() -> coordinator(4).status().membership().isVoter(new NodeId(4)));
        assertThat(read(4)).containsExactly("before");
        assertThat(completed(coordinator(4).removeMember(new NodeId(4)))).isEqualTo(new NodeId(4));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(coordinator(1).members()).hasSize(3));
    }
}
