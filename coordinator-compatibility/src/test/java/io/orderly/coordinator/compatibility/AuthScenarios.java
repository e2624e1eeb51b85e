package io.orderly.coordinator.compatibility;

import static io.orderly.coordinator.compatibility.Requests.bytes;
import static io.orderly.coordinator.compatibility.Requests.delete;
import static io.orderly.coordinator.compatibility.Requests.grant;
import static io.orderly.coordinator.compatibility.Requests.leaseId;
import static io.orderly.coordinator.compatibility.Requests.op;
import static io.orderly.coordinator.compatibility.Requests.put;
import static io.orderly.coordinator.compatibility.Requests.putting;
import static io.orderly.coordinator.compatibility.Requests.range;
import static io.orderly.coordinator.compatibility.Requests.revoke;
import static io.orderly.coordinator.compatibility.Requests.txn;
import static io.orderly.coordinator.compatibility.Requests.version;
import static io.orderly.coordinator.compatibility.Scenario.brief;

import io.grpc.StatusRuntimeException;
import io.orderly.coordinator.api.etcd.AuthDisableRequest;
import io.orderly.coordinator.api.etcd.AuthEnableRequest;
import io.orderly.coordinator.api.etcd.AuthGrpc;
import io.orderly.coordinator.api.etcd.AuthRoleListRequest;
import io.orderly.coordinator.api.etcd.AuthUserListRequest;
import io.orderly.coordinator.api.etcd.Compare.CompareResult;
import io.orderly.coordinator.api.etcd.DefragmentRequest;
import io.orderly.coordinator.api.etcd.HashKVRequest;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.LeaseGrantRequest;
import io.orderly.coordinator.api.etcd.LeaseTimeToLiveRequest;
import io.orderly.coordinator.api.etcd.LockRequest;
import io.orderly.coordinator.api.etcd.MemberAddRequest;
import io.orderly.coordinator.api.etcd.MemberListRequest;
import io.orderly.coordinator.api.etcd.Permission;
import io.orderly.coordinator.api.etcd.RangeRequest;
import io.orderly.coordinator.api.etcd.WatchCreateRequest;
import io.orderly.coordinator.api.etcd.WatchGrpc;
import io.orderly.coordinator.api.etcd.WatchRequest;
import io.orderly.coordinator.api.etcd.WatchResponse;
import java.util.List;

/** Users, roles, and what they may do. Each scenario leaves authentication disabled, and no users. */
final class AuthScenarios {

    private AuthScenarios() {}

    static List<Scenario> all() {
        return List.of(
                brief("wire/auth/users", run -> in(run, AuthScenarios::users)),
                brief("wire/auth/roles", run -> in(run, AuthScenarios::roles)),
                brief("wire/auth/keys", run -> in(run, AuthScenarios::keys)),
                brief("wire/auth/txn", run -> in(run, AuthScenarios::transactions)),
                brief("wire/auth/leases", run -> in(run, AuthScenarios::leases)),
                brief("wire/auth/streams", run -> in(run, AuthScenarios::streams)),
                brief("wire/auth/administration", run -> in(run, AuthScenarios::administration)),
                brief("wire/auth/changes", run -> in(run, AuthScenarios::changes)));
    }

    @FunctionalInterface
    private interface Body {
        void run(Run run, Users users) throws Exception;
    }

    private static void in(Run run, Body body) throws Exception {
        try (Users users = new Users(run)) {
            body.run(run, users);
        }
    }

    private static void users(Run run, Users users) throws Exception {
        AuthGrpc.AuthBlockingStub auth = run.wire().auth();
        run.call("without a name", () -> auth.userAdd(Users.adding("")));
        run.call("added", () -> auth.userAdd(Users.adding("ada")));
        run.call("added again", () -> auth.userAdd(Users.adding("ada")));
        run.call("got", () -> auth.userGet(Users.getting("ada")));
        run.call("unknown user", () -> auth.userGet(Users.getting("bob")));
        run.call("list", () -> auth.userList(AuthUserListRequest.getDefaultInstance()));
        run.call("unknown role granted", () -> auth.userGrantRole(Users.granting("ada", "x")));
        run.call("root granted", () -> auth.userGrantRole(Users.granting("ada", "root")));
        run.call("root granted again", () -> auth.userGrantRole(Users.granting("ada", "root")));
        run.call("granted to an unknown user", () -> auth.userGrantRole(Users.granting("bob", "root")));
        run.call("got with a role", () -> auth.userGet(Users.getting("ada")));
        run.call("enabled without root", () -> auth.authEnable(AuthEnableRequest.getDefaultInstance()));
        run.call("root added", () -> auth.userAdd(Users.adding("root")));
        run.call("enabled without its role", () -> auth.authEnable(AuthEnableRequest.getDefaultInstance()));
        run.call("role revoked", () -> auth.userRevokeRole(Users.revoking("ada", "root")));
        run.call("role revoked again", () -> auth.userRevokeRole(Users.revoking("ada", "root")));
        run.call("password of an unknown user", () -> auth.userChangePassword(Users.changing("bob", "p")));
        run.call("deleted", () -> auth.userDelete(Users.deleting("ada")));
        run.call("deleted again", () -> auth.userDelete(Users.deleting("ada")));
    }

    private static void roles(Run run, Users users) throws Exception {
        AuthGrpc.AuthBlockingStub auth = run.wire().auth();
        run.call("without a name", () -> auth.roleAdd(Users.addingRole("")));
        run.call("added", () -> auth.roleAdd(Users.addingRole("r")));
        run.call("added again", () -> auth.roleAdd(Users.addingRole("r")));
        run.call("got", () -> auth.roleGet(Users.gettingRole("r")));
        run.call("unknown role", () -> auth.roleGet(Users.gettingRole("x")));
        run.call("list", () -> auth.roleList(AuthRoleListRequest.getDefaultInstance()));
        run.call("one key", () -> auth.roleGrantPermission(Users.permitting("r", Permission.Type.READ, "k", "")));
        run.call("range", () -> auth.roleGrantPermission(Users.permitting("r", Permission.Type.WRITE, "a", "b")));
        run.call("no end", () -> auth.roleGrantPermission(Users.permitting("r", Permission.Type.READWRITE, "z", "\0")));
        run.call(
                "same key again",
                () -> auth.roleGrantPermission(Users.permitting("r", Permission.Type.READWRITE, "k", "")));
        run.call(
                "of an unknown role",
                () -> auth.roleGrantPermission(Users.permitting("x", Permission.Type.READ, "k", "")));
        run.call("all", () -> auth.roleGet(Users.gettingRole("r")));
        run.call("revoked with other ends", () -> auth.roleRevokePermission(Users.forbidding("r", "a", "c")));
        run.call("revoked", () -> auth.roleRevokePermission(Users.forbidding("r", "a", "b")));
        run.call("revoked again", () -> auth.roleRevokePermission(Users.forbidding("r", "a", "b")));
        run.call("revoked from an unknown role", () -> auth.roleRevokePermission(Users.forbidding("x", "a", "b")));
        run.call("left", () -> auth.roleGet(Users.gettingRole("r")));
        auth.userAdd(Users.adding("ada"));
        auth.userGrantRole(Users.granting("ada", "r"));
        run.call("deleted", () -> auth.roleDelete(Users.deletingRole("r")));
        run.call("deleted again", () -> auth.roleDelete(Users.deletingRole("r")));
        run.call("user lost it", () -> auth.userGet(Users.getting("ada")));
    }

    private static void keys(Run run, Users users) throws Exception {
        users.enable();
        KVGrpc.KVBlockingStub ada = users.ada(run.wire().kv());
        run.call("no user", () -> run.wire().kv().put(put(run.key("rw/a"), "1")));
        run.call("no user reads", () -> run.wire().kv().range(range(run.key("rw/a"))));
        run.call(
                "garbage for a token",
                () -> Users.as("garbage", run.wire().kv()).put(put(run.key("rw/a"), "1")));
        run.call("garbage reads", () -> Users.as("garbage", run.wire().kv()).range(range(run.key("rw/a"))));
        run.call("put", () -> ada.put(put(run.key("rw/a"), "1")));
        run.call("put where it may read", () -> ada.put(put(run.key("r/a"), "1")));
        run.call("put where it may write", () -> ada.put(put(run.key("w/a"), "1")));
        run.call(
                "previous value where it may write",
                () -> ada.put(putting(run.key("w/a"), "2").setPrevKv(true).build()));
        run.call("put elsewhere", () -> ada.put(put(run.key("x"), "1")));
        run.call("get", () -> ada.range(range(run.key("rw/a"))));
        run.call("get where it may write", () -> ada.range(range(run.key("w/a"))));
        run.call("prefix", () -> ada.range(ranging(run, "rw/", "rw0")));
        run.call("part of a prefix", () -> ada.range(ranging(run, "rw/a", "rw/b")));
        run.call("more than a prefix", () -> ada.range(ranging(run, "rw", "rx")));
        run.call("two prefixes that adjoin", () -> ada.range(ranging(run, "r/", "r0z")));
        run.call(
                "serializable",
                () -> ada.range(
                        range(run.key("w/a")).toBuilder().setSerializable(true).build()));
        run.call(
                "all keys",
                () -> ada.range(RangeRequest.newBuilder()
                        .setKey(bytes("\0"))
                        .setRangeEnd(bytes("\0"))
                        .build()));
        run.call("deleted where it may read", () -> ada.deleteRange(delete(run.key("r/a"))));
        run.call("deleted where it may write", () -> ada.deleteRange(delete(run.key("w/a"))));
        run.call(
                "deleted with previous where it may write",
                () -> ada.deleteRange(
                        delete(run.key("w/a")).toBuilder().setPrevKv(true).build()));
        run.call("root", () -> users.root(run.wire().kv()).put(put(run.key("x"), "1")));
    }

    private static RangeRequest ranging(Run run, String first, String end) {
        return RangeRequest.newBuilder()
                .setKey(run.key(first))
                .setRangeEnd(run.key(end))
                .build();
    }

    private static void transactions(Run run, Users users) throws Exception {
        users.enable();
        KVGrpc.KVBlockingStub ada = users.ada(run.wire().kv());
        run.call(
                "permitted",
                () -> ada.txn(txn().addCompare(version(run.key("r/a"), CompareResult.EQUAL, 0))
                        .addSuccess(op(put(run.key("w/a"), "1")))
                        .addFailure(op(range(run.key("rw/a"))))
                        .build()));
        run.call(
                "comparison",
                () -> ada.txn(txn().addCompare(version(run.key("w/a"), CompareResult.EQUAL, 0))
                        .build()));
        run.call(
                "operation that would not be executed",
                () -> ada.txn(txn().addFailure(op(put(run.key("x"), "1"))).build()));
        run.call(
                "nested",
                () -> ada.txn(txn().addSuccess(
                                op(txn().addSuccess(op(delete(run.key("r/a")))).build()))
                        .build()));
        run.call(
                "reads only",
                () -> ada.txn(txn().addSuccess(op(range(run.key("w/a")))).build()));
        run.call(
                "no user",
                () -> run.wire()
                        .kv()
                        .txn(txn().addSuccess(op(put(run.key("rw/a"), "1"))).build()));
        run.call("nothing was written", () -> ada.range(ranging(run, "rw/", "rw0")));
    }

    private static void leases(Run run, Users users) throws Exception {
        long own = leaseId(run, 1);
        long shared = leaseId(run, 4);
        grant(run, own, "own", 60);
        grant(run, shared, "shared", 60);
        users.enable();
        KVGrpc.KVBlockingStub ada = users.ada(run.wire().kv());
        run.call(
                "granted",
                () -> users.ada(run.wire().lease())
                        .leaseGrant(LeaseGrantRequest.newBuilder()
                                .setID(leaseId(run, 2))
                                .setTTL(60)
                                .build()));
        run.call(
                "granted without a user",
                () -> run.wire()
                        .lease()
                        .leaseGrant(LeaseGrantRequest.newBuilder()
                                .setID(leaseId(run, 3))
                                .setTTL(60)
                                .build()));
        run.call(
                "attached",
                () -> ada.put(putting(run.key("rw/a"), "1").setLease(own).build()));
        run.call("time to live", () -> users.ada(run.wire().lease()).leaseTimeToLive(living(own)));
        users.root(run.wire().kv()).put(putting(run.key("x"), "1").setLease(own).build());
        run.call(
                "with a key of another user",
                () -> users.ada(run.wire().lease()).leaseTimeToLive(living(own)));
        run.call(
                "attached beside a key of another user",
                () -> ada.put(putting(run.key("rw/b"), "1").setLease(own).build()));
        run.call("revoked", () -> users.ada(run.wire().lease()).leaseRevoke(revoke(own)));
        run.call("revoked without a user", () -> run.wire().lease().leaseRevoke(revoke(own)));
        run.call("revoked by root", () -> users.root(run.wire().lease()).leaseRevoke(revoke(own)));
        run.call("keys are gone", () -> ada.range(ranging(run, "rw/", "rw0")));
        users.root(run.wire().kv())
                .put(putting(run.key("x"), "1").setLease(shared).build());
        run.call(
                "attached in a transaction",
                () -> ada.txn(txn().addSuccess(op(
                                putting(run.key("rw/b"), "1").setLease(shared).build()))
                        .build()));
        for (int number = 2; number <= 4; number++) {
            forget(run, users, leaseId(run, number));
        }
    }

    /** Ends a lease that only one of the servers may have granted, so that no other scenario sees it. */
    private static void forget(Run run, Users users, long lease) {
        try {
            users.root(run.wire().lease()).leaseRevoke(revoke(lease));
        } catch (StatusRuntimeException _) {
            // it was not granted
        }
    }

    private static LeaseTimeToLiveRequest living(long lease) {
        return LeaseTimeToLiveRequest.newBuilder().setID(lease).setKeys(true).build();
    }

    private static void streams(Run run, Users users) throws Exception {
        users.enable();
        watch(run, "permitted", users.ada(WatchGrpc.newStub(run.wire().channel())), "rw/a");
        watch(run, "denied", users.ada(WatchGrpc.newStub(run.wire().channel())), "w/a");
        watch(run, "garbage", Users.as("garbage", WatchGrpc.newStub(run.wire().channel())), "rw/a");
        watch(run, "no user", WatchGrpc.newStub(run.wire().channel()), "rw/a");
        run.call(
                "lock",
                () -> users.ada(run.wire().lock())
                        .lock(LockRequest.newBuilder().setName(run.key("x")).build()));
        run.call(
                "lock without a user",
                () -> run.wire()
                        .lock()
                        .lock(LockRequest.newBuilder().setName(run.key("rw/l")).build()));
    }

    private static void watch(Run run, String step, WatchGrpc.WatchStub watches, String key) throws Exception {
        try (MessageStream<WatchRequest, WatchResponse> stream = new MessageStream<>(watches::watch)) {
            stream.send(WatchRequest.newBuilder()
                    .setCreateRequest(WatchCreateRequest.newBuilder().setKey(run.key(key)))
                    .build());
            run.call("watch: " + step, stream::next);
        }
    }

    private static void administration(Run run, Users users) throws Exception {
        users.enable();
        AuthGrpc.AuthBlockingStub ada = users.ada(run.wire().auth());
        run.call("users", () -> ada.userList(AuthUserListRequest.getDefaultInstance()));
        run.call("users without a user", () -> run.wire().auth().userList(AuthUserListRequest.getDefaultInstance()));
        run.call(
                "users by root",
                () -> users.root(run.wire().auth()).userList(AuthUserListRequest.getDefaultInstance()));
        run.call("user itself", () -> ada.userGet(Users.getting("ada")));
        run.call("another user", () -> ada.userGet(Users.getting("root")));
        run.call("role of another user", () -> ada.roleGet(Users.gettingRole("none")));
        run.call("own role", () -> ada.roleGet(Users.gettingRole("editor")));
        run.call("user added", () -> ada.userAdd(Users.adding("eve")));
        run.call("role granted", () -> ada.userGrantRole(Users.granting("ada", "root")));
        run.call("own password", () -> ada.userChangePassword(Users.changing("ada", "p")));
        run.call("disabled", () -> ada.authDisable(AuthDisableRequest.getDefaultInstance()));
        run.call(
                "enabled again",
                () -> users.root(run.wire().auth()).authEnable(AuthEnableRequest.getDefaultInstance()));
        run.call("root deleted", () -> users.root(run.wire().auth()).userDelete(Users.deleting("root")));
        run.call(
                "role of root revoked",
                () -> users.root(run.wire().auth()).userRevokeRole(Users.revoking("root", "root")));
        run.call("role root deleted", () -> users.root(run.wire().auth()).roleDelete(Users.deletingRole("root")));
        MemberAddRequest add =
                MemberAddRequest.newBuilder().addPeerURLs("http://127.0.0.1:1").build();
        run.call("member added", () -> users.ada(run.wire().cluster()).memberAdd(add));
        run.call("member added without a user", () -> run.wire().cluster().memberAdd(add));
        run.note(
                "members without a user",
                Integer.toString(run.wire()
                        .cluster()
                        .memberList(MemberListRequest.getDefaultInstance())
                        .getMembersCount()));
        run.call("hash", () -> users.ada(run.wire().maintenance()).hashKV(HashKVRequest.getDefaultInstance()));
        run.call(
                "defragmented",
                () -> users.ada(run.wire().maintenance()).defragment(DefragmentRequest.getDefaultInstance()));
    }

    private static void changes(Run run, Users users) throws Exception {
        users.enable();
        AuthGrpc.AuthBlockingStub root = users.root(run.wire().auth());
        KVGrpc.KVBlockingStub ada = users.ada(run.wire().kv());
        run.call("wrong password", () -> run.wire().auth().authenticate(Users.authenticating("ada", "wrong")));
        run.call("unknown user", () -> run.wire().auth().authenticate(Users.authenticating("bob", "bob")));
        run.call("put", () -> ada.put(put(run.key("rw/a"), "1")));
        root.roleRevokePermission(Users.forbidding("editor", run.name("rw/"), run.name("rw0")));
        run.call("after the permission was revoked", () -> ada.put(put(run.key("rw/a"), "2")));
        root.userRevokeRole(Users.revoking("ada", "editor"));
        run.call("after the role was revoked", () -> ada.put(put(run.key("w/a"), "2")));
        root.userGrantRole(Users.granting("ada", "editor"));
        run.call("after the role was granted", () -> ada.put(put(run.key("w/a"), "2")));
        root.userChangePassword(Users.changing("ada", "another"));
        run.call("after the password was changed", () -> ada.put(put(run.key("w/a"), "3")));
        run.call("former password", () -> run.wire().auth().authenticate(Users.authenticating("ada", "ada")));
        KVGrpc.KVBlockingStub again = Users.as(
                run.wire()
                        .auth()
                        .authenticate(Users.authenticating("ada", "another"))
                        .getToken(),
                run.wire().kv());
        run.call("with a new token", () -> again.put(put(run.key("w/a"), "4")));
        root.userDelete(Users.deleting("ada"));
        run.call("after the user was deleted", () -> again.put(put(run.key("w/a"), "5")));
        run.call("disabled", () -> root.authDisable(AuthDisableRequest.getDefaultInstance()));
        run.call("without a user again", () -> run.wire().kv().put(put(run.key("x"), "1")));
    }
}
