package io.orderly.coordinator.etcd;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.AuthDisableRequest;
import io.orderly.coordinator.api.etcd.AuthDisableResponse;
import io.orderly.coordinator.api.etcd.AuthEnableRequest;
import io.orderly.coordinator.api.etcd.AuthEnableResponse;
import io.orderly.coordinator.api.etcd.AuthGrpc;
import io.orderly.coordinator.api.etcd.AuthRoleAddRequest;
import io.orderly.coordinator.api.etcd.AuthRoleAddResponse;
import io.orderly.coordinator.api.etcd.AuthRoleDeleteRequest;
import io.orderly.coordinator.api.etcd.AuthRoleDeleteResponse;
import io.orderly.coordinator.api.etcd.AuthRoleGetRequest;
import io.orderly.coordinator.api.etcd.AuthRoleGetResponse;
import io.orderly.coordinator.api.etcd.AuthRoleGrantPermissionRequest;
import io.orderly.coordinator.api.etcd.AuthRoleGrantPermissionResponse;
import io.orderly.coordinator.api.etcd.AuthRoleListRequest;
import io.orderly.coordinator.api.etcd.AuthRoleListResponse;
import io.orderly.coordinator.api.etcd.AuthRoleRevokePermissionRequest;
import io.orderly.coordinator.api.etcd.AuthRoleRevokePermissionResponse;
import io.orderly.coordinator.api.etcd.AuthStatusRequest;
import io.orderly.coordinator.api.etcd.AuthStatusResponse;
import io.orderly.coordinator.api.etcd.AuthUserAddRequest;
import io.orderly.coordinator.api.etcd.AuthUserAddResponse;
import io.orderly.coordinator.api.etcd.AuthUserChangePasswordRequest;
import io.orderly.coordinator.api.etcd.AuthUserChangePasswordResponse;
import io.orderly.coordinator.api.etcd.AuthUserDeleteRequest;
import io.orderly.coordinator.api.etcd.AuthUserDeleteResponse;
import io.orderly.coordinator.api.etcd.AuthUserGetRequest;
import io.orderly.coordinator.api.etcd.AuthUserGetResponse;
import io.orderly.coordinator.api.etcd.AuthUserGrantRoleRequest;
import io.orderly.coordinator.api.etcd.AuthUserGrantRoleResponse;
import io.orderly.coordinator.api.etcd.AuthUserListRequest;
import io.orderly.coordinator.api.etcd.AuthUserListResponse;
import io.orderly.coordinator.api.etcd.AuthUserRevokeRoleRequest;
import io.orderly.coordinator.api.etcd.AuthUserRevokeRoleResponse;
import io.orderly.coordinator.api.etcd.AuthenticateRequest;
import io.orderly.coordinator.api.etcd.AuthenticateResponse;
import io.orderly.coordinator.api.etcd.ResponseHeader;
import io.orderly.coordinator.auth.Authenticator;
import io.orderly.coordinator.member.Coordinator;
import io.orderly.coordinator.member.GuardedCoordinator;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.AuthChange;
import io.orderly.coordinator.store.AuthState;
import io.orderly.coordinator.store.Role;
import io.orderly.coordinator.store.Secret;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.store.StoreView;
import io.orderly.coordinator.store.User;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Users, roles, what they may do, and the tokens of users. Hashes of passwords are computed here, before a change goes to the log. */
final class AuthService extends AuthGrpc.AuthImplBase {

    private final Callers callers;
    private final Headers headers;
    private final Authenticator authenticator;

    AuthService(Callers callers, Headers headers, Authenticator authenticator) {
        this.callers = callers;
        this.headers = headers;
        this.authenticator = authenticator;
    }

    @Override
    public void authStatus(AuthStatusRequest request, StreamObserver<AuthStatusResponse> observer) {
        readState(
                observer,
                auth -> AuthStatusResponse.newBuilder()
                        .setHeader(headers.now())
                        .setEnabled(auth.isEnabled())
                        .setAuthRevision(auth.revision())
                        .build());
    }

    @Override
    public void authEnable(AuthEnableRequest request, StreamObserver<AuthEnableResponse> observer) {
        change(
                new AuthChange.Enable(authenticator.tokenKey()),
                observer,
                header -> AuthEnableResponse.newBuilder().setHeader(header).build());
    }

    @Override
    public void authDisable(AuthDisableRequest request, StreamObserver<AuthDisableResponse> observer) {
        change(
                new AuthChange.Disable(),
                observer,
                header -> AuthDisableResponse.newBuilder().setHeader(header).build());
    }

    /** By the users that were acknowledged before. If the user is changed meanwhile, the token is that of the earlier one, and not valid. */
    @Override
    public void authenticate(AuthenticateRequest request, StreamObserver<AuthenticateResponse> observer) {
        var call = (ServerCallStreamObserver<AuthenticateResponse>) observer;
        CompletableFuture<String> token = callers.current()
                .view()
                .thenApply(reply -> Refusals.resultOf(reply).auth())
                .thenCompose(auth -> authenticate(request, auth, call::isCancelled));
        UnaryAnswer.of(
                token,
                observer,
                issued -> AuthenticateResponse.newBuilder()
                        .setHeader(headers.now())
                        .setToken(issued)
                        .build());
    }

    private CompletableFuture<String> authenticate(
            AuthenticateRequest request, AuthState auth, BooleanSupplier isCancelled) {
        if (!auth.isEnabled()) {
            throw EtcdError.AUTH_NOT_ENABLED.exception();
        }
        if (auth.user(request.getName())
                .filter(user -> user.password().isNone())
                .isPresent()) {
            throw EtcdError.USER_WITHOUT_PASSWORD.exception();
        }
        return authenticator
                .authenticate(request.getName(), request.getPassword(), auth, isCancelled)
                .thenApply(token -> token.orElseThrow(EtcdError.AUTH_FAILED::exception));
    }

    // users

    @Override
    public void userAdd(AuthUserAddRequest request, StreamObserver<AuthUserAddResponse> observer) {
        CompletableFuture<Secret> password = request.getOptions().getNoPassword()
                ? CompletableFuture.completedFuture(Secret.NONE)
                : authenticator.hash(request.getPassword());
        change(
                password.thenApply(hash -> new AuthChange.AddUser(request.getName(), hash)),
                observer,
                header -> AuthUserAddResponse.newBuilder().setHeader(header).build());
    }

    /** For an administrator, and the user itself. */
    @Override
    public void userGet(AuthUserGetRequest request, StreamObserver<AuthUserGetResponse> observer) {
        GuardedCoordinator coordinator = callers.current();
        readState(observer, auth -> {
            User caller = auth.userOf(coordinator.caller());
            boolean isSelf = caller != null && caller.name().equals(request.getName());
            if (!isSelf) {
                coordinator.requireAdministrator(auth);
            }
            User user = auth.user(request.getName()).orElseThrow(EtcdError.USER_NOT_FOUND::exception);
            return AuthUserGetResponse.newBuilder()
                    .setHeader(headers.now())
                    .addAllRoles(user.roles())
                    .build();
        });
    }

    @Override
    public void userList(AuthUserListRequest request, StreamObserver<AuthUserListResponse> observer) {
        GuardedCoordinator coordinator = callers.current();
        readState(observer, auth -> {
            coordinator.requireAdministrator(auth);
            return AuthUserListResponse.newBuilder()
                    .setHeader(headers.now())
                    .addAllUsers(auth.users().stream().map(User::name).toList())
                    .build();
        });
    }

    @Override
    public void userDelete(AuthUserDeleteRequest request, StreamObserver<AuthUserDeleteResponse> observer) {
        change(
                new AuthChange.DeleteUser(request.getName()),
                observer,
                header -> AuthUserDeleteResponse.newBuilder().setHeader(header).build());
    }

    @Override
    public void userChangePassword(
            AuthUserChangePasswordRequest request, StreamObserver<AuthUserChangePasswordResponse> observer) {
        change(
                authenticator
                        .hash(request.getPassword())
                        .thenApply(hash -> new AuthChange.ChangePassword(request.getName(), hash)),
                observer,
                header -> AuthUserChangePasswordResponse.newBuilder()
                        .setHeader(header)
                        .build());
    }

    @Override
    public void userGrantRole(AuthUserGrantRoleRequest request, StreamObserver<AuthUserGrantRoleResponse> observer) {
        change(
                new AuthChange.GrantRole(request.getUser(), request.getRole()),
                observer,
                header ->
                        AuthUserGrantRoleResponse.newBuilder().setHeader(header).build());
    }

    @Override
    public void userRevokeRole(AuthUserRevokeRoleRequest request, StreamObserver<AuthUserRevokeRoleResponse> observer) {
        change(
                new AuthChange.RevokeRole(request.getName(), request.getRole()),
                observer,
                header -> AuthUserRevokeRoleResponse.newBuilder()
                        .setHeader(header)
                        .build());
    }

    // roles

    @Override
    public void roleAdd(AuthRoleAddRequest request, StreamObserver<AuthRoleAddResponse> observer) {
        change(
                new AuthChange.AddRole(request.getName()),
                observer,
                header -> AuthRoleAddResponse.newBuilder().setHeader(header).build());
    }

    /** For an administrator, and the users with the role. */
    @Override
    public void roleGet(AuthRoleGetRequest request, StreamObserver<AuthRoleGetResponse> observer) {
        GuardedCoordinator coordinator = callers.current();
        readState(observer, auth -> {
            User caller = auth.userOf(coordinator.caller());
            boolean isOwn = caller != null && caller.hasRole(request.getRole());
            if (!isOwn) {
                coordinator.requireAdministrator(auth);
            }
            Role role = auth.role(request.getRole()).orElseThrow(EtcdError.ROLE_NOT_FOUND::exception);
            return AuthRoleGetResponse.newBuilder()
                    .setHeader(headers.now())
                    .addAllPerm(role.permissions().stream()
                            .map(Permissions::message)
                            .toList())
                    .build();
        });
    }

    @Override
    public void roleList(AuthRoleListRequest request, StreamObserver<AuthRoleListResponse> observer) {
        GuardedCoordinator coordinator = callers.current();
        readState(observer, auth -> {
            coordinator.requireAdministrator(auth);
            return AuthRoleListResponse.newBuilder()
                    .setHeader(headers.now())
                    .addAllRoles(auth.roles().stream().map(Role::name).toList())
                    .build();
        });
    }

    @Override
    public void roleDelete(AuthRoleDeleteRequest request, StreamObserver<AuthRoleDeleteResponse> observer) {
        change(
                new AuthChange.DeleteRole(request.getRole()),
                observer,
                header -> AuthRoleDeleteResponse.newBuilder().setHeader(header).build());
    }

    @Override
    public void roleGrantPermission(
            AuthRoleGrantPermissionRequest request, StreamObserver<AuthRoleGrantPermissionResponse> observer) {
        try {
            change(
                    new AuthChange.GrantPermission(request.getName(), Permissions.of(request)),
                    observer,
                    header -> AuthRoleGrantPermissionResponse.newBuilder()
                            .setHeader(header)
                            .build());
        } catch (StatusRuntimeException e) {
            observer.onError(e);
        }
    }

    @Override
    public void roleRevokePermission(
            AuthRoleRevokePermissionRequest request, StreamObserver<AuthRoleRevokePermissionResponse> observer) {
        change(
                new AuthChange.RevokePermission(
                        request.getRole(),
                        ByteStrings.bytes(request.getKey()),
                        ByteStrings.bytes(request.getRangeEnd())),
                observer,
                header -> AuthRoleRevokePermissionResponse.newBuilder()
                        .setHeader(header)
                        .build());
    }

    private <M> void readState(StreamObserver<M> observer, Function<AuthState, M> conversion) {
        CompletableFuture<Reply<StoreView>> view = callers.current().view();
        UnaryAnswer.ofReply(view, observer, state -> conversion.apply(state.auth()));
    }

    private <M> void change(AuthChange change, StreamObserver<M> observer, Function<ResponseHeader, M> conversion) {
        change(CompletableFuture.completedFuture(change), observer, conversion);
    }

    private <M> void change(
            CompletableFuture<? extends AuthChange> change,
            StreamObserver<M> observer,
            Function<ResponseHeader, M> conversion) {
        Coordinator coordinator = callers.current();
        CompletableFuture<Reply<StoreResponse>> reply =
                change.thenCompose(made -> coordinator.execute(new StoreCommand.ChangeAuth(made)));
        UnaryAnswer.ofReply(
                reply,
                observer,
                response ->
                        conversion.apply(headers.at(Refusals.accepted(response).revision())));
    }
}
