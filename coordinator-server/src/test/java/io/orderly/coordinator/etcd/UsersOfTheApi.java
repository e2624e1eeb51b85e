package io.orderly.coordinator.etcd;

import static io.orderly.coordinator.etcd.EtcdApi.utf8;

import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.orderly.coordinator.api.etcd.AuthEnableRequest;
import io.orderly.coordinator.api.etcd.AuthGrpc;
import io.orderly.coordinator.api.etcd.AuthRoleAddRequest;
import io.orderly.coordinator.api.etcd.AuthRoleGrantPermissionRequest;
import io.orderly.coordinator.api.etcd.AuthUserAddRequest;
import io.orderly.coordinator.api.etcd.AuthUserGrantRoleRequest;
import io.orderly.coordinator.api.etcd.AuthenticateRequest;
import io.orderly.coordinator.api.etcd.Permission;
import io.orderly.coordinator.api.etcd.PutRequest;
import io.orderly.coordinator.api.etcd.RangeRequest;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** The etcd API with the users root and ada, who may read and write below {@code a/}, once authentication is enabled. */
abstract class UsersOfTheApi {

    static final String DENIED = "etcdserver: permission denied";
    static final String NO_USER = "etcdserver: user name is empty";
    static final String INVALID_TOKEN = "etcdserver: invalid auth token";

    final EtcdApi api = new EtcdApi();

    /** Tokens. */
    String root = "";

    String ada = "";

    @AfterEach
    void close() {
        api.close();
    }

    void enable() {
        AuthGrpc.AuthBlockingStub auth = auth();
        addUser("root");
        auth.userGrantRole(AuthUserGrantRoleRequest.newBuilder()
                .setUser("root")
                .setRole("root")
                .build());
        addUser("ada");
        auth.roleAdd(AuthRoleAddRequest.newBuilder().setName("editor").build());
        auth.roleGrantPermission(AuthRoleGrantPermissionRequest.newBuilder()
                .setName("editor")
                .setPerm(Permission.newBuilder()
                        .setPermType(Permission.Type.READWRITE)
                        .setKey(utf8("a/"))
                        .setRangeEnd(utf8("a0")))
                .build());
        auth.userGrantRole(AuthUserGrantRoleRequest.newBuilder()
                .setUser("ada")
                .setRole("editor")
                .build());
        auth.authEnable(AuthEnableRequest.getDefaultInstance());
        root = authenticate("root");
        ada = authenticate("ada");
    }

    AuthGrpc.AuthBlockingStub auth() {
        return AuthGrpc.newBlockingStub(api.channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    void addUser(String name) {
        auth().userAdd(AuthUserAddRequest.newBuilder()
                .setName(name)
                .setPassword("password of " + name)
                .build());
    }

    String authenticate(String name) {
        return auth().authenticate(AuthenticateRequest.newBuilder()
                        .setName(name)
                        .setPassword("password of " + name)
                        .build())
                .getToken();
    }

    static Metadata metadata(String token) {
        var metadata = new Metadata();
        metadata.put(Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER), token);
        return metadata;
    }

    static <S extends AbstractStub<S>> S as(String token, S stub) {
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata(token)));
    }

    static PutRequest put(String key) {
        return PutRequest.newBuilder().setKey(utf8(key)).build();
    }

    static RangeRequest get(String key) {
        return RangeRequest.newBuilder().setKey(utf8(key)).build();
    }
}
