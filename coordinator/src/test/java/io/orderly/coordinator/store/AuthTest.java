package io.orderly.coordinator.store;

import static io.orderly.coordinator.store.Permission.Access.READ;
import static io.orderly.coordinator.store.Permission.Access.READ_WRITE;
import static io.orderly.coordinator.store.Permission.Access.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.store.StoreCommand.DeleteRange;
import io.orderly.coordinator.store.StoreCommand.Put;
import io.orderly.coordinator.store.StoreCommand.Txn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Users, roles and rights in the state machine. */
class AuthTest {

    private static final Secret HASH = new Secret(Bytes.utf8("hash"));
    private static final Secret KEY = new Secret(Bytes.utf8("key"));

    private final Store store = new Store(new StoreListener() {});

    /** Ada may read and write below {@code a/}, read below {@code r/}, and write below {@code w/}. */
    private void enable() {
        allow("a/", READ_WRITE);
        allow("r/", READ);
        allow("w/", WRITE);
        accepted(new AuthChange.AddUser("root", HASH));
        accepted(new AuthChange.GrantRole("root", "root"));
        accepted(new AuthChange.AddUser("ada", HASH));
        accepted(new AuthChange.GrantRole("ada", "a/"));
        accepted(new AuthChange.GrantRole("ada", "r/"));
        accepted(new AuthChange.GrantRole("ada", "w/"));
        accepted(new AuthChange.Enable(KEY));
    }

    /** Adds a role of this name. */
    private void allow(String prefix, Permission.Access access) {
        accepted(new AuthChange.AddRole(prefix));
        KeyRange keys = KeyRange.startingWith(Bytes.utf8(prefix));
        accepted(new AuthChange.GrantPermission(prefix, new Permission(access, keys.first(), keys.end())));
    }

    private void accepted(AuthChange change) {
        assertThat(changed(change)).isNull();
    }

    private @Nullable AuthRefusal changed(AuthChange change) {
        Caller root = store.now().auth().user("root").isPresent() ? caller("root") : null;
        return refusal(root, new StoreCommand.ChangeAuth(change));
    }

    private Caller caller(String name) {
        return new Caller(name, store.now().auth().user(name).orElseThrow().passwordRevision());
    }

    private @Nullable AuthRefusal refusal(@Nullable Caller caller, StoreCommand command) {
        StoreResponse response = store.apply(caller == null ? command : new StoreCommand.AsUser(caller, command));
        return response instanceof StoreResponse.Refused(long _, StoreRefusal refusal)
                        && refusal instanceof StoreRefusal.Auth(AuthRefusal auth)
                ? auth
                : null;
    }

    private @Nullable AuthRefusal ada(StoreCommand command) {
        return refusal(caller("ada"), command);
    }

    private static Put put(String key) {
        return Put.of(Bytes.utf8(key), Bytes.EMPTY);
    }

    private static Put putWithPrevious(String key) {
        return new Put(Bytes.utf8(key), Bytes.EMPTY, 0, false, false, true);
    }

    private static DeleteRange delete(String prefix, boolean returnPrevious) {
        return new DeleteRange(KeyRange.startingWith(Bytes.utf8(prefix)), returnPrevious);
    }

    private static Txn then(Operation operation) {
        return new Txn(List.of(), List.of(operation), List.of());
    }

    private static Txn otherwise(Operation operation) {
        return new Txn(List.of(), List.of(), List.of(operation));
    }

    private static Operation.Range read(String prefix) {
        return Operation.Range.of(KeyRange.startingWith(Bytes.utf8(prefix)));
    }

    @Test
    void untilItIsEnabledEverythingIsPermitted() {
        accepted(new AuthChange.AddUser("ada", HASH));
        assertThat(refusal(null, put("k"))).isNull();
        assertThat(refusal(caller("ada"), put("k"))).isNull();
        assertThat(refusal(Caller.UNKNOWN, put("k"))).isNull();
        assertThat(refusal(null, new StoreCommand.SetLimits(StoreLimits.DEFAULTS)))
                .isNull();
    }

    @Test
    void theWorkOfAChangeGrowsWithUsersAndRoles() {
        enable();
        long before = store.totalSteps();
        accepted(new AuthChange.AddUser("bob", HASH));
        long once = store.totalSteps() - before;
        assertThat(once)
                .as("2 users with 4 roles, 3 roles with a permission each")
                .isEqualTo(10 * 12);
        assertThat(changed(new AuthChange.AddUser("bob", HASH))).isEqualTo(AuthRefusal.USER_EXISTS);
        assertThat(store.totalSteps() - before - once).as("refused").isEqualTo(10 * 13);
    }

    @Test
    void itNeedsARootUserWithTheRootRole() {
        assertThat(changed(new AuthChange.Enable(KEY))).isEqualTo(AuthRefusal.ROOT_USER_MISSING);
        accepted(new AuthChange.AddUser("root", HASH));
        assertThat(changed(new AuthChange.Enable(KEY))).isEqualTo(AuthRefusal.ROOT_ROLE_MISSING);
        accepted(new AuthChange.GrantRole("root", "root"));
        long revision = store.now().auth().revision();
        accepted(new AuthChange.Enable(KEY));
        assertThat(store.now().auth().isEnabled()).isTrue();
        assertThat(store.now().auth().revision()).isEqualTo(revision);

        accepted(new AuthChange.Enable(new Secret(Bytes.utf8("other"))));
        assertThat(store.now().auth().tokenKey()).as("it was enabled already").isEqualTo(KEY);
        for (AuthChange change : List.of(
                new AuthChange.DeleteUser("root"),
                new AuthChange.RevokeRole("root", "root"),
                new AuthChange.DeleteRole("root"))) {
            assertThat(changed(change)).as("%s", change).isEqualTo(AuthRefusal.INVALID_MANAGEMENT);
        }
        accepted(new AuthChange.Disable());
        assertThat(store.now().auth().revision()).isEqualTo(revision + 1);
        accepted(new AuthChange.RevokeRole("root", "root"));
        accepted(new AuthChange.DeleteUser("root"));
    }

    @Test
    void aKeyIsReadAndWrittenByThoseWhoMay() {
        enable();
        for (String prefix : List.of("a/", "w/")) {
            assertThat(ada(put(prefix + "k"))).isNull();
            assertThat(ada(delete(prefix, false))).isNull();
            assertThat(ada(then(put(prefix + "k")))).isNull();
        }
        for (String prefix : List.of("r/", "x")) {
            assertThat(ada(put(prefix + "k"))).isEqualTo(AuthRefusal.PERMISSION_DENIED);
            assertThat(ada(delete(prefix, false))).isEqualTo(AuthRefusal.PERMISSION_DENIED);
        }
        assertThat(ada(then(read("r/")))).isNull();
        assertThat(ada(then(read("a/")))).isNull();
        assertThat(ada(then(read("w/")))).isEqualTo(AuthRefusal.PERMISSION_DENIED);
        assertThat(ada(then(read("r")))).as("more than below r/").isEqualTo(AuthRefusal.PERMISSION_DENIED);
        assertThat(refusal(caller("root"), put("x"))).isNull();
    }

    @Test
    void previousValuesAreForThoseWhoMayRead() {
        enable();
        assertThat(ada(putWithPrevious("a/k"))).isNull();
        assertThat(ada(putWithPrevious("w/k"))).isEqualTo(AuthRefusal.PERMISSION_DENIED);
        assertThat(ada(then(putWithPrevious("w/k")))).isEqualTo(AuthRefusal.PERMISSION_DENIED);
        assertThat(ada(delete("a/", true))).isNull();
        assertThat(ada(delete("w/", true))).isEqualTo(AuthRefusal.PERMISSION_DENIED);
    }

    @Test
    void aTransactionNeedsTheRightsOfAllItsParts() {
        enable();
        assertThat(ada(new Txn(List.of(Compare.exists(Bytes.utf8("r/k"))), List.of(), List.of())))
                .isNull();
        assertThat(ada(new Txn(List.of(Compare.exists(Bytes.utf8("w/k"))), List.of(), List.of())))
                .isEqualTo(AuthRefusal.PERMISSION_DENIED);
        assertThat(ada(otherwise(put("x"))))
                .as("the list that would not be executed")
                .isEqualTo(AuthRefusal.PERMISSION_DENIED);
        assertThat(ada(then(then(otherwise(put("x")))))).isEqualTo(AuthRefusal.PERMISSION_DENIED);
        assertThat(ada(new Txn(List.of(), List.of(put("a/k"), put("x")), List.of())))
                .isEqualTo(AuthRefusal.PERMISSION_DENIED);
        assertThat(store.now().get(Bytes.utf8("a/k"))).as("nothing was written").isNull();
        assertThat(refusal(null, new Txn(List.of(), List.of(), List.of()))).isEqualTo(AuthRefusal.USER_EMPTY);
    }

    @Test
    void aLeaseIsRevokedByThoseWhoMayWriteAllItsKeys() {
        enable();
        assertThat(ada(new StoreCommand.LeaseGrant(7, 60_000))).isNull();
        assertThat(ada(Put.of(Bytes.utf8("a/k"), Bytes.EMPTY, 7))).isNull();
        assertThat(refusal(caller("root"), Put.of(Bytes.utf8("x"), Bytes.EMPTY, 7)))
                .isNull();

        assertThat(ada(new StoreCommand.LeaseRevoke(7))).isEqualTo(AuthRefusal.PERMISSION_DENIED);
        assertThat(ada(Put.of(Bytes.utf8("a/l"), Bytes.EMPTY, 7)))
                .as("a key of a lease that the user may not revoke")
                .isEqualTo(AuthRefusal.PERMISSION_DENIED);
        assertThat(ada(then(Put.of(Bytes.utf8("a/l"), Bytes.EMPTY, 7)))).isEqualTo(AuthRefusal.PERMISSION_DENIED);

        assertThat(refusal(caller("root"), delete("x", false))).isNull();
        assertThat(ada(new StoreCommand.LeaseRevoke(7))).isNull();
        assertThat(store.now().get(Bytes.utf8("a/k"))).isNull();
    }

    @Test
    void aCommandWithoutAUserIsRefusedUnlessMembersProposeIt() {
        enable();
        for (StoreCommand command : List.of(
                put("a/k"),
                new StoreCommand.LeaseGrant(7, 60_000),
                new StoreCommand.LeaseRevoke(7),
                new StoreCommand.Compact(1),
                new StoreCommand.SessionOpen(7),
                new StoreCommand.InSession(7, 1, 1, put("a/k")),
                new StoreCommand.ChangeAuth(new AuthChange.Disable()),
                new StoreCommand.SetLimits(StoreLimits.DEFAULTS))) {
            assertThat(refusal(null, command)).as("%s", command).isEqualTo(AuthRefusal.USER_EMPTY);
            assertThat(refusal(Caller.UNKNOWN, command)).as("%s", command).isEqualTo(AuthRefusal.INVALID_TOKEN);
        }
        assertThat(store.now().revision()).isEqualTo(1);
        for (StoreCommand command : List.of(
                new StoreCommand.LeaseTakeOver(new Ballot(1, 1)),
                new StoreCommand.LeaseKeepAlive(List.of(7L)),
                new StoreCommand.RaiseTimestampBound(1))) {
            assertThat(refusal(null, command)).as("%s", command).isNull();
        }
    }

    @Test
    void onlyRootChangesUsersAndRoles() {
        enable();
        var change = new StoreCommand.ChangeAuth(new AuthChange.GrantRole("ada", "root"));
        assertThat(ada(change)).isEqualTo(AuthRefusal.PERMISSION_DENIED);
        assertThat(refusal(caller("root"), change)).isNull();
        assertThat(ada(new StoreCommand.ChangeAuth(new AuthChange.Disable())))
                .as("any user with the role may do everything")
                .isNull();
    }

    @Test
    void theRightsAtTheSlotOfTheCommandCount() {
        enable();
        Caller before = caller("ada");
        accepted(new AuthChange.RevokePermission("a/", Bytes.utf8("a/"), Bytes.utf8("a0")));
        assertThat(refusal(before, put("a/k"))).isEqualTo(AuthRefusal.PERMISSION_DENIED);
        accepted(new AuthChange.RevokeRole("ada", "w/"));
        assertThat(refusal(before, put("w/k"))).isEqualTo(AuthRefusal.PERMISSION_DENIED);
        accepted(new AuthChange.DeleteRole("r/"));
        assertThat(refusal(before, then(read("r/")))).isEqualTo(AuthRefusal.PERMISSION_DENIED);
    }

    @Test
    void aUserThatWasDeletedAndAddedAgainIsAnother() {
        enable();
        Caller before = caller("ada");
        accepted(new AuthChange.DeleteUser("ada"));
        assertThat(refusal(before, put("a/k"))).isEqualTo(AuthRefusal.INVALID_TOKEN);
        accepted(new AuthChange.AddUser("ada", HASH));
        accepted(new AuthChange.GrantRole("ada", "a/"));
        assertThat(refusal(before, put("a/k"))).isEqualTo(AuthRefusal.INVALID_TOKEN);
        assertThat(ada(put("a/k"))).isNull();

        Caller added = caller("ada");
        accepted(new AuthChange.ChangePassword("ada", new Secret(Bytes.utf8("next"))));
        assertThat(refusal(added, put("a/k"))).isEqualTo(AuthRefusal.INVALID_TOKEN);
        assertThat(ada(put("a/k"))).isNull();
    }

    @Test
    void aRepeatedCommandOfASessionIsCheckedAgain() {
        enable();
        assertThat(ada(new StoreCommand.LeaseGrant(7, 60_000))).isNull();
        assertThat(ada(new StoreCommand.SessionOpen(7))).isNull();
        var command = new StoreCommand.InSession(7, 1, 1, put("a/k"));
        assertThat(ada(command)).isNull();
        accepted(new AuthChange.RevokeRole("ada", "a/"));
        assertThat(ada(command)).isEqualTo(AuthRefusal.PERMISSION_DENIED);
        accepted(new AuthChange.GrantRole("ada", "a/"));
        assertThat(ada(command)).as("it has the first response").isNull();
        assertThat(store.now().get(Bytes.utf8("a/k")).version()).isEqualTo(1);
    }

    @Test
    void changesAreRefusedAsInEtcd() {
        accepted(new AuthChange.AddUser("ada", HASH));
        accepted(new AuthChange.AddRole("r"));
        assertThat(changed(new AuthChange.AddUser("", HASH))).isEqualTo(AuthRefusal.USER_EMPTY);
        assertThat(changed(new AuthChange.AddUser("ada", HASH))).isEqualTo(AuthRefusal.USER_EXISTS);
        assertThat(changed(new AuthChange.DeleteUser("bob"))).isEqualTo(AuthRefusal.USER_NOT_FOUND);
        assertThat(changed(new AuthChange.ChangePassword("bob", HASH))).isEqualTo(AuthRefusal.USER_NOT_FOUND);
        assertThat(changed(new AuthChange.GrantRole("bob", "r"))).isEqualTo(AuthRefusal.USER_NOT_FOUND);
        assertThat(changed(new AuthChange.GrantRole("ada", "x"))).isEqualTo(AuthRefusal.ROLE_NOT_FOUND);
        assertThat(changed(new AuthChange.RevokeRole("ada", "r"))).isEqualTo(AuthRefusal.ROLE_NOT_GRANTED);
        assertThat(changed(new AuthChange.AddRole(""))).isEqualTo(AuthRefusal.ROLE_EMPTY);
        assertThat(changed(new AuthChange.AddRole("r"))).isEqualTo(AuthRefusal.ROLE_EXISTS);
        assertThat(changed(new AuthChange.DeleteRole("x"))).isEqualTo(AuthRefusal.ROLE_NOT_FOUND);
        Permission permission = new Permission(READ, Bytes.utf8("k"), Bytes.EMPTY);
        assertThat(changed(new AuthChange.GrantPermission("x", permission))).isEqualTo(AuthRefusal.ROLE_NOT_FOUND);
        assertThat(changed(new AuthChange.RevokePermission("r", Bytes.utf8("k"), Bytes.EMPTY)))
                .isEqualTo(AuthRefusal.PERMISSION_NOT_GRANTED);
        assertThat(changed(new AuthChange.GrantPermission("r", new Permission(READ, Bytes.utf8("b"), Bytes.utf8("a")))))
                .isEqualTo(AuthRefusal.INVALID_MANAGEMENT);
        accepted(new AuthChange.GrantPermission("r", permission));
        accepted(new AuthChange.GrantPermission("r", new Permission(WRITE, Bytes.utf8("k"), Bytes.EMPTY)));
        assertThat(store.now().auth().role("r").orElseThrow().permissions())
                .containsExactly(new Permission(WRITE, Bytes.utf8("k"), Bytes.EMPTY));
    }

    @Test
    void usersAndRolesTakeBoundedMemory() {
        byte[] large = new byte[1 << 20];
        accepted(new AuthChange.AddRole("r"));
        AuthRefusal last = null;
        for (int i = 0; i < 5 && last == null; i++) {
            large[0] = (byte) i;
            last = changed(
                    new AuthChange.GrantPermission("r", new Permission(READ, Bytes.of(large.clone()), Bytes.EMPTY)));
        }
        assertThat(last).isEqualTo(AuthRefusal.TOO_LARGE);
        large[0] = 0;
        accepted(new AuthChange.RevokePermission("r", Bytes.of(large.clone()), Bytes.EMPTY));
    }

    @Test
    void noSecretIsShown() {
        assertThat(new AuthChange.AddUser("ada", HASH).toString() + new AuthChange.Enable(KEY))
                .doesNotContain("hash", "key]");
    }
}
