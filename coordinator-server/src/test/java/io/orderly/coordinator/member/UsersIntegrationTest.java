package io.orderly.coordinator.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.AuthChange;
import io.orderly.coordinator.store.AuthRefusal;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Caller;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.Permission;
import io.orderly.coordinator.store.Secret;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.coordinator.store.StoreResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users and rights on three members. */
class UsersIntegrationTest {

    private static final Bytes KEY = Bytes.utf8("key");

    @TempDir
    private Path folder;

    private TestCluster cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = new TestCluster(folder, 3);
    }

    @AfterEach
    void stop() throws IOException {
        cluster.close();
        assertThat(cluster.failures).isEmpty();
    }

    private static StoreResponse answer(CompletableFuture<Reply<StoreResponse>> future) throws Exception {
        Reply<StoreResponse> reply = future.get(TestCluster.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(reply).isInstanceOf(Reply.Completed.class);
        return ((Reply.Completed<StoreResponse>) reply).result();
    }

    private static void change(Coordinator member, AuthChange change) throws Exception {
        assertThat(answer(member.execute(new StoreCommand.ChangeAuth(change)))).isInstanceOf(StoreResponse.Done.class);
    }

    private static Caller caller(Coordinator member, String name) {
        return new Caller(name, member.auth().user(name).orElseThrow().passwordRevision());
    }

    private static StoreResponse read(Coordinator member, Caller caller) throws Exception {
        return answer(new GuardedCoordinator(member, caller).read(Operation.Range.of(KEY)));
    }

    private static void assertRefused(StoreResponse response, AuthRefusal refusal) {
        assertThat(response).isEqualTo(new StoreResponse.Refused(response.revision(), new StoreRefusal.Auth(refusal)));
    }

    @Test
    void whatWasAcknowledgedByOneMemberCountsOnEachAndAfterARestart() throws Exception {
        NodeId followerId = cluster.awaitFollower();
        Coordinator follower = cluster.member(followerId);
        change(follower, new AuthChange.AddRole("reader"));
        change(
                follower,
                new AuthChange.GrantPermission("reader", new Permission(Permission.Access.READ, KEY, Bytes.EMPTY)));
        change(follower, new AuthChange.AddUser("root", Secret.NONE));
        change(follower, new AuthChange.GrantRole("root", "root"));
        change(follower, new AuthChange.AddUser("ada", Secret.NONE));
        change(follower, new AuthChange.GrantRole("ada", "reader"));
        change(follower, new AuthChange.Enable(new Secret(Bytes.utf8("key"))));
        Caller root = caller(follower, "root");
        Caller ada = caller(follower, "ada");
        for (NodeId id : cluster.ids()) {
            Coordinator member = cluster.member(id);
            assertThat(read(member, ada)).isInstanceOf(StoreResponse.Range.class);
            assertRefused(
                    answer(new GuardedCoordinator(member, null).read(Operation.Range.of(KEY))), AuthRefusal.USER_EMPTY);
            assertRefused(
                    answer(new GuardedCoordinator(member, ada).execute(StoreCommand.Put.of(KEY, Bytes.EMPTY))),
                    AuthRefusal.PERMISSION_DENIED);
        }

        cluster.stop(followerId);
        change(
                new GuardedCoordinator(cluster.member(cluster.awaitLeader()), root),
                new AuthChange.RevokeRole("ada", "reader"));
        cluster.start(followerId);
        cluster.awaitLeader();
        assertRefused(read(cluster.member(followerId), ada), AuthRefusal.PERMISSION_DENIED);
    }
}
