package io.orderly.coordinator.member;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardedCoordinatorTest {

    private static final Bytes KEY = Bytes.utf8("k");
    private static final Permission READS = new Permission(Permission.Access.READ, KEY, Bytes.EMPTY);

    private final SingleMember member = new SingleMember();
    private Caller root = Caller.UNKNOWN;
    private Caller ada = Caller.UNKNOWN;

    @AfterEach
    void close() {
        member.close();
    }

    private void enable() throws Exception {
        for (AuthChange change : new AuthChange[] {
            new AuthChange.AddRole("reader"),
            new AuthChange.GrantPermission("reader", READS),
            new AuthChange.AddUser("root", Secret.NONE),
            new AuthChange.GrantRole("root", "root"),
            new AuthChange.AddUser("ada", Secret.NONE),
            new AuthChange.GrantRole("ada", "reader"),
            new AuthChange.Enable(new Secret(Bytes.utf8("key")))
        }) {
            member.execute(new StoreCommand.ChangeAuth(change)).get(10, TimeUnit.SECONDS);
        }
        root = caller("root");
        ada = caller("ada");
    }

    private Caller caller(String name) {
        return new Caller(name, member.auth().user(name).orElseThrow().passwordRevision());
    }

    private Object result(CompletableFuture<Reply<StoreResponse>> future) throws Exception {
        Reply<StoreResponse> reply = future.get(10, TimeUnit.SECONDS);
        return reply instanceof Reply.Completed<StoreResponse>(StoreResponse response)
                        && response instanceof StoreResponse.Refused(long _, StoreRefusal refusal)
                        && refusal instanceof StoreRefusal.Auth(AuthRefusal auth)
                ? auth
                : reply;
    }

    /** The rights may change while a read waits for the leader, and the member that serves it may be behind when it begins. */
    @Test
    void aReadIsDecidedByTheRightsOfTheStateThatAnswers() throws Exception {
        enable();
        var reader = new GuardedCoordinator(member, ada);
        assertThat(result(reader.read(Operation.Range.of(KEY)))).isInstanceOf(Reply.Completed.class);
        member.hold();
        var revoked = new GuardedCoordinator(member, root)
                .execute(new StoreCommand.ChangeAuth(new AuthChange.RevokePermission("reader", KEY, Bytes.EMPTY)));
        var waiting = reader.read(Operation.Range.of(KEY));
        assertThat(member.auth().refusalOf(ada))
                .as("it could read when it asked")
                .isNull();
        member.release();
        revoked.get(10, TimeUnit.SECONDS);
        assertThat(result(waiting)).isEqualTo(AuthRefusal.PERMISSION_DENIED);
    }

    @Test
    void aCommandIsDecidedByTheRightsOfTheStateThatItMeets() throws Exception {
        enable();
        var writer = new GuardedCoordinator(member, ada);
        StoreCommand put = StoreCommand.Put.of(KEY, Bytes.EMPTY);
        assertThat(result(writer.execute(put))).isEqualTo(AuthRefusal.PERMISSION_DENIED);
        member.hold();
        var granted = new GuardedCoordinator(member, root)
                .execute(new StoreCommand.ChangeAuth(new AuthChange.GrantPermission(
                        "reader", new Permission(Permission.Access.READ_WRITE, KEY, Bytes.EMPTY))));
        var waiting = writer.execute(put);
        member.release();
        granted.get(10, TimeUnit.SECONDS);
        assertThat(result(waiting)).isInstanceOf(Reply.Completed.class);
        assertThat(result(new GuardedCoordinator(member, null).execute(put))).isEqualTo(AuthRefusal.USER_EMPTY);
    }

    /** It is no entry of the log, so the state that applies commands does not decide it. */
    @Test
    void aTransactionThatOnlyReadsIsDecidedLikeARead() throws Exception {
        enable();
        var own = new StoreCommand.Txn(List.of(), List.of(Operation.Range.of(KEY)), List.of());
        var foreign = new StoreCommand.Txn(List.of(), List.of(), List.of(own, Operation.Range.of(Bytes.utf8("other"))));
        var reader = new GuardedCoordinator(member, ada);
        assertThat(result(reader.execute(own))).isInstanceOf(Reply.Completed.class);
        assertThat(result(reader.execute(foreign))).isEqualTo(AuthRefusal.PERMISSION_DENIED);
        assertThat(result(new GuardedCoordinator(member, null).execute(own))).isEqualTo(AuthRefusal.USER_EMPTY);
        assertThat(result(new GuardedCoordinator(member, root).execute(foreign)))
                .isInstanceOf(Reply.Completed.class);
    }

    @Test
    void withoutAUserNothingIsDone() throws Exception {
        enable();
        var anonymous = new GuardedCoordinator(member, null);
        assertThat(anonymous.keepAlive(1))
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(NotPermittedException.class);
        assertThat(new GuardedCoordinator(member, ada).removeMember(member.self()))
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(NotPermittedException.class);
        assertThat(member.members()).hasSize(1);
    }
}
