package io.orderly.coordinator.compatibility;

import static io.orderly.coordinator.compatibility.Requests.bytes;

import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.orderly.coordinator.api.etcd.AuthDisableRequest;
import io.orderly.coordinator.api.etcd.AuthEnableRequest;
import io.orderly.coordinator.api.etcd.AuthGrpc;
import io.orderly.coordinator.api.etcd.AuthRoleAddRequest;
import io.orderly.coordinator.api.etcd.AuthRoleDeleteRequest;
import io.orderly.coordinator.api.etcd.AuthRoleGetRequest;
import io.orderly.coordinator.api.etcd.AuthRoleGrantPermissionRequest;
import io.orderly.coordinator.api.etcd.AuthRoleListRequest;
import io.orderly.coordinator.api.etcd.AuthRoleRevokePermissionRequest;
import io.orderly.coordinator.api.etcd.AuthUserAddRequest;
import io.orderly.coordinator.api.etcd.AuthUserChangePasswordRequest;
import io.orderly.coordinator.api.etcd.AuthUserDeleteRequest;
import io.orderly.coordinator.api.etcd.AuthUserGetRequest;
import io.orderly.coordinator.api.etcd.AuthUserGrantRoleRequest;
import io.orderly.coordinator.api.etcd.AuthUserListRequest;
import io.orderly.coordinator.api.etcd.AuthUserRevokeRoleRequest;
import io.orderly.coordinator.api.etcd.AuthenticateRequest;
import io.orderly.coordinator.api.etcd.Permission;

/**
 * The users of a scenario: root, and ada, who may read and write below {@code rw/}, read below {@code r/} and write below {@code w/}. The
 * password of a user is its name. What is enabled is disabled in the end, and all users and roles are deleted.
 */
final class Users implements AutoCloseable {

    private final Run run;

    /** Tokens. */
    private String root = "";

    private String ada = "";

    Users(Run run) {
        this.run = run;
    }

    void enable() {
        AuthGrpc.AuthBlockingStub auth = run.wire().auth();
        auth.userAdd(adding("root"));
        auth.userGrantRole(granting("root", "root"));
        auth.userAdd(adding("ada"));
        auth.roleAdd(addingRole("editor"));
        auth.roleGrantPermission(permitting("editor", Permission.Type.READWRITE, run.name("rw/"), run.name("rw0")));
        auth.roleGrantPermission(permitting("editor", Permission.Type.READ, run.name("r/"), run.name("r0")));
        auth.roleGrantPermission(permitting("editor", Permission.Type.READ, run.name("r0"), run.name("r1")));
        auth.roleGrantPermission(permitting("editor", Permission.Type.WRITE, run.name("w/"), run.name("w0")));
        auth.userGrantRole(granting("ada", "editor"));
        auth.authEnable(AuthEnableRequest.getDefaultInstance());
        root = auth.authenticate(authenticating("root", "root")).getToken();
        ada = auth.authenticate(authenticating("ada", "ada")).getToken();
    }

    <S extends AbstractStub<S>> S root(S stub) {
        return as(root, stub);
    }

    <S extends AbstractStub<S>> S ada(S stub) {
        return as(ada, stub);
    }

    static <S extends AbstractStub<S>> S as(String token, S stub) {
        var metadata = new Metadata();
        metadata.put(Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER), token);
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    @Override
    public void close() {
        AuthGrpc.AuthBlockingStub auth = run.wire().auth();
        try {
            String token = auth.authenticate(authenticating("root", "root")).getToken();
            as(token, auth).authDisable(AuthDisableRequest.getDefaultInstance());
        } catch (StatusRuntimeException _) {
            // it is disabled; if it is not, what follows fails
        }
        auth.userList(AuthUserListRequest.getDefaultInstance())
                .getUsersList()
                .forEach(user -> auth.userDelete(deleting(user)));
        auth.roleList(AuthRoleListRequest.getDefaultInstance())
                .getRolesList()
                .forEach(role -> auth.roleDelete(deletingRole(role)));
    }

    static AuthUserAddRequest adding(String user) {
        return AuthUserAddRequest.newBuilder().setName(user).setPassword(user).build();
    }

    static AuthUserGetRequest getting(String user) {
        return AuthUserGetRequest.newBuilder().setName(user).build();
    }

    static AuthUserDeleteRequest deleting(String user) {
        return AuthUserDeleteRequest.newBuilder().setName(user).build();
    }

    static AuthUserChangePasswordRequest changing(String user, String password) {
        return AuthUserChangePasswordRequest.newBuilder()
                .setName(user)
                .setPassword(password)
                .build();
    }

    static AuthUserGrantRoleRequest granting(String user, String role) {
        return AuthUserGrantRoleRequest.newBuilder().setUser(user).setRole(role).build();
    }

    static AuthUserRevokeRoleRequest revoking(String user, String role) {
        return AuthUserRevokeRoleRequest.newBuilder()
                .setName(user)
                .setRole(role)
                .build();
    }

    static AuthRoleAddRequest addingRole(String role) {
        return AuthRoleAddRequest.newBuilder().setName(role).build();
    }

    static AuthRoleGetRequest gettingRole(String role) {
        return AuthRoleGetRequest.newBuilder().setRole(role).build();
    }

    static AuthRoleDeleteRequest deletingRole(String role) {
        return AuthRoleDeleteRequest.newBuilder().setRole(role).build();
    }

    static AuthRoleGrantPermissionRequest permitting(String role, Permission.Type type, String key, String end) {
        return AuthRoleGrantPermissionRequest.newBuilder()
                .setName(role)
                .setPerm(Permission.newBuilder()
                        .setPermType(type)
                        .setKey(bytes(key))
                        .setRangeEnd(bytes(end)))
                .build();
    }

    static AuthRoleRevokePermissionRequest forbidding(String role, String key, String end) {
        return AuthRoleRevokePermissionRequest.newBuilder()
                .setRole(role)
                .setKey(bytes(key))
                .setRangeEnd(bytes(end))
                .build();
    }

    static AuthenticateRequest authenticating(String user, String password) {
        return AuthenticateRequest.newBuilder()
                .setName(user)
                .setPassword(password)
                .build();
    }
}
