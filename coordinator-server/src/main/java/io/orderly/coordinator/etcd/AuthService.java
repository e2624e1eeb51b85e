package io.orderly.coordinator.etcd;

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

/** Says that there is no authentication. Users, roles and rights do not exist yet. */
final class AuthService extends AuthGrpc.AuthImplBase {

    private final Headers headers;

    AuthService(Headers headers) {
        this.headers = headers;
    }

    @Override
    public void authStatus(AuthStatusRequest request, StreamObserver<AuthStatusResponse> observer) {
        observer.onNext(AuthStatusResponse.newBuilder()
                .setHeader(headers.now())
                .setEnabled(false)
                .build());
        observer.onCompleted();
    }

    /** It is disabled already. */
    @Override
    public void authDisable(AuthDisableRequest request, StreamObserver<AuthDisableResponse> observer) {
        observer.onNext(
                AuthDisableResponse.newBuilder().setHeader(headers.now()).build());
        observer.onCompleted();
    }

    @Override
    public void authEnable(AuthEnableRequest request, StreamObserver<AuthEnableResponse> observer) {
        observer.onError(EtcdError.ROOT_USER_MISSING.exception());
    }

    @Override
    public void authenticate(AuthenticateRequest request, StreamObserver<AuthenticateResponse> observer) {
        refuse(observer);
    }

    @Override
    public void userAdd(AuthUserAddRequest request, StreamObserver<AuthUserAddResponse> observer) {
        refuse(observer);
    }

    @Override
    public void userGet(AuthUserGetRequest request, StreamObserver<AuthUserGetResponse> observer) {
        refuse(observer);
    }

    @Override
    public void userList(AuthUserListRequest request, StreamObserver<AuthUserListResponse> observer) {
        observer.onNext(
                AuthUserListResponse.newBuilder().setHeader(headers.now()).build());
        observer.onCompleted();
    }

    @Override
    public void userDelete(AuthUserDeleteRequest request, StreamObserver<AuthUserDeleteResponse> observer) {
        refuse(observer);
    }

    @Override
    public void userChangePassword(
            AuthUserChangePasswordRequest request, StreamObserver<AuthUserChangePasswordResponse> observer) {
        refuse(observer);
    }

    @Override
    public void userGrantRole(AuthUserGrantRoleRequest request, StreamObserver<AuthUserGrantRoleResponse> observer) {
        refuse(observer);
    }

    @Override
    public void userRevokeRole(AuthUserRevokeRoleRequest request, StreamObserver<AuthUserRevokeRoleResponse> observer) {
        refuse(observer);
    }

    @Override
    public void roleAdd(AuthRoleAddRequest request, StreamObserver<AuthRoleAddResponse> observer) {
        refuse(observer);
    }

    @Override
    public void roleGet(AuthRoleGetRequest request, StreamObserver<AuthRoleGetResponse> observer) {
        refuse(observer);
    }

    @Override
    public void roleList(AuthRoleListRequest request, StreamObserver<AuthRoleListResponse> observer) {
        observer.onNext(
                AuthRoleListResponse.newBuilder().setHeader(headers.now()).build());
        observer.onCompleted();
    }

    @Override
    public void roleDelete(AuthRoleDeleteRequest request, StreamObserver<AuthRoleDeleteResponse> observer) {
        refuse(observer);
    }

    @Override
    public void roleGrantPermission(
            AuthRoleGrantPermissionRequest request, StreamObserver<AuthRoleGrantPermissionResponse> observer) {
        refuse(observer);
    }

    @Override
    public void roleRevokePermission(
            AuthRoleRevokePermissionRequest request, StreamObserver<AuthRoleRevokePermissionResponse> observer) {
        refuse(observer);
    }

    private static void refuse(StreamObserver<?> observer) {
        observer.onError(EtcdError.AUTH_NOT_ENABLED.exception());
    }
}
