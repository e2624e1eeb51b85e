package io.orderly.coordinator.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderly.coordinator.backup.BackupFile;
import io.orderly.coordinator.backup.BackupWriter;
import io.orderly.coordinator.backup.InvalidBackupException;
import io.orderly.coordinator.log.UnusableFolderException;
import io.orderly.coordinator.machine.Machine;
import io.orderly.coordinator.peer.PeerSettings;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreView;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A cluster is backed up, and another one begins with the backup. */
@Timeout(120)
class RestoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Bytes KEY = Bytes.utf8("key");
    private static final long LEASE = 77;

    /** Revision 2 puts a first value, revision 3 a second one, revision 4 a key of a lease. */
    private static final long REVISION = 4;

    @TempDir
    private static Path old;

    private static Path backup;
    private static String checksum;

    @TempDir
    private Path root;

    private final List<MemberProcess> running = new ArrayList<>();

    @BeforeAll
    static void backUp() throws Exception {
        Map<String, String> values = Map.of("data", old.resolve("data").toString());
        // each start is an election with a higher ballot
        for (int start = 0; start < 3; start++) {
            start(values).close();
        }
        backup = old.resolve("backup.db");
        try (MemberProcess process = start(values);
                OutputStream target = Files.newOutputStream(backup)) {
            Coordinator coordinator = process.member().coordinator();
            for (StoreCommand command : List.of(
                    StoreCommand.Put.of(KEY, Bytes.utf8("first")),
                    StoreCommand.Put.of(KEY, Bytes.utf8("second")),
                    new StoreCommand.LeaseGrant(LEASE, 600_000),
                    StoreCommand.Put.of(Bytes.utf8("leased"), Bytes.utf8("here"), LEASE))) {
                completed(coordinator.execute(command));
            }
            await().atMost(PATIENCE)
                    .until(() -> !completed(coordinator.view()).members().isEmpty());
            new BackupWriter(coordinator.clusterId(), completed(coordinator.view())).forEachRemaining(part -> {
                try {
                    target.write(part);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        }
        checksum = BackupFile.check(backup).checksum();
    }

    @AfterEach
    void stop() throws IOException {
        for (MemberProcess process : running) {
            process.close();
        }
    }

    /** A cluster of one member, unless more is said. */
    private static MemberProcess start(Map<String, String> values) throws Exception {
        Map<String, String> prefixed = new HashMap<>();
        prefixed.put("orderly.coordinator.members", "1=http://127.0.0.1:1");
        prefixed.put("orderly.coordinator.peer-address", "127.0.0.1:0");
        values.forEach((name, value) -> prefixed.put("orderly.coordinator." + name, value));
        CoordinatorProperties properties = new Binder(new MapConfigurationPropertySource(prefixed))
                .bind("orderly.coordinator", CoordinatorProperties.class)
                .get();
        return new MemberProcess(
                properties, PeerSettings.DEFAULTS, Optional.empty(), Machine.LOCAL, new SimpleMeterRegistry());
    }

    private Coordinator restored(Map<String, String> more) throws Exception {
        Map<String, String> values = new HashMap<>();
        values.put("data", root.resolve("data").toString());
        values.put("restore-file", backup.toString());
        values.put("restore-checksum", checksum);
        values.putAll(more);
        MemberProcess process = start(values);
        running.add(process);
        return process.member().coordinator();
    }

    private static <R> R completed(CompletableFuture<Reply<R>> future) throws Exception {
        Reply<R> reply = future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(reply).isInstanceOf(Reply.Completed.class);
        return ((Reply.Completed<R>) reply).result();
    }

    @Test
    void keysRevisionsAndLeasesAreThoseOfTheBackup() throws Exception {
        Coordinator coordinator = restored(Map.of("members", "1=http://127.0.0.1:2"));
        StoreView view = completed(coordinator.view());
        assertThat(view.revision()).isEqualTo(REVISION);
        assertThat(view.keyValues(2))
                .toIterable()
                .extracting(one -> one.value().toUtf8())
                .containsExactly("first");
        assertThat(view.keyValues(REVISION))
                .toIterable()
                .extracting(one -> one.value().toUtf8())
                .containsExactly("second", "here");
        assertThat(view.get(KEY))
                .extracting("createRevision", "modRevision", "version")
                .containsExactly(2L, 3L, 2L);
        assertThat(completed(coordinator.timeToLive(LEASE, true)).orElseThrow().keys())
                .containsExactly(Bytes.utf8("leased"));
        assertThat(completed(coordinator.execute(StoreCommand.Put.of(KEY, Bytes.utf8("third"))))
                        .revision())
                .isEqualTo(REVISION + 1);
        await().atMost(PATIENCE)
                .until(() -> coordinator.members().getFirst().peerUrls().equals(List.of("http://127.0.0.1:2"))
                        && !completed(coordinator.view()).members().isEmpty());
    }

    @Test
    void leasesExpireInTheNewCluster() throws Exception {
        Coordinator coordinator = restored(Map.of());
        completed(coordinator.execute(new StoreCommand.LeaseGrant(78, 1)));
        await().atMost(PATIENCE)
                .until(() -> completed(coordinator.view()).lease(78).isEmpty());
        assertThat(completed(coordinator.view()).lease(LEASE)).isPresent();
    }

    @Test
    void theMembersOfTheNewClusterBeginWithTheSameState() throws Exception {
        int[] ports = new int[2];
        for (int i = 0; i < ports.length; i++) {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                ports[i] = socket.getLocalPort();
            }
        }
        String members = "1=http://127.0.0.1:%d,2=http://127.0.0.1:%d".formatted(ports[0], ports[1]);
        List<Coordinator> coordinators = new ArrayList<>();
        for (int i = 0; i < ports.length; i++) {
            coordinators.add(restored(Map.of(
                    "members",
                    members,
                    "id",
                    String.valueOf(i + 1),
                    "data",
                    root.resolve("data-" + i).toString(),
                    "peer-address",
                    "127.0.0.1:" + ports[i])));
        }
        completed(coordinators.get(0).execute(StoreCommand.Put.of(KEY, Bytes.utf8("third"))));
        // descriptions of the members are replicated meanwhile
        await().atMost(PATIENCE)
                .until(() -> completed(coordinators.get(0).view()).hash()
                        == completed(coordinators.get(1).view()).hash());
        assertThat(completed(coordinators.get(1).view()).revision()).isEqualTo(REVISION + 1);
    }

    @Test
    void aRestartNeedsTheChecksumAndNotTheFile() throws Exception {
        completed(restored(Map.of()).execute(StoreCommand.Put.of(KEY, Bytes.utf8("third"))));
        running.removeFirst().close();
        String data = root.resolve("data").toString();
        assertThatThrownBy(() -> start(Map.of("data", data)))
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining("is the folder of");
        MemberProcess again = start(Map.of("data", data, "restore-checksum", checksum));
        running.add(again);
        assertThat(completed(again.member().coordinator().view()).revision()).isEqualTo(REVISION + 1);
    }

    @Test
    void anEmptyFolderWithoutTheFileIsRefused() {
        assertThatThrownBy(() -> start(Map.of("data", root.resolve("data").toString(), "restore-checksum", checksum)))
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining("name it as restore-file");
    }

    @Test
    void aFileWithoutItsChecksumInTheConfigurationIsRefused() {
        assertThatThrownBy(() -> start(Map.of("restore-file", backup.toString())))
                .rootCause()
                .hasMessageContaining("restore-checksum of");
    }

    @Test
    void aDamagedBackupIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(backup);
        for (int at : new int[] {0, 11, 19, 27, 35, 100, 600, whole.length - 40, whole.length - 1}) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            assertRefused(damaged);
        }
        for (int length : new int[] {0, 8, 511, 512, whole.length - 512, whole.length - 1}) {
            assertRefused(Arrays.copyOf(whole, length));
        }
        assertRefused(Arrays.copyOf(whole, whole.length + 512));
        assertRefused("no backup at all".repeat(100).getBytes(StandardCharsets.US_ASCII));
    }

    private void assertRefused(byte[] bytes) throws IOException {
        Path damaged = Files.write(root.resolve("damaged.db"), bytes);
        assertThatThrownBy(() -> restored(Map.of("restore-file", damaged.toString())))
                .isInstanceOf(InvalidBackupException.class);
        try (var files = Files.list(root.resolve("data"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsOnly("lock");
        }
    }

    @Test
    void anotherBackupThanTheConfigurationSaysIsRefused() {
        assertThatThrownBy(() -> restored(Map.of("restore-checksum", "0".repeat(64))))
                .isInstanceOf(InvalidBackupException.class)
                .hasMessageContaining("its checksum is " + checksum);
    }

    @Test
    void aFolderThatIsNotEmptyIsRefused() throws IOException {
        Files.writeString(Files.createDirectories(root.resolve("data")).resolve("notes.txt"), "of someone");
        assertThatThrownBy(() -> restored(Map.of()))
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining("is not empty");
        assertThatThrownBy(() -> restored(Map.of("data", old.resolve("data").toString())))
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining("is the folder of");
    }
}
