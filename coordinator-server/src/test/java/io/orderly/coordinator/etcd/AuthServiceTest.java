package io.orderly.coordinator.etcd;

import static io.orderly.coordinator.etcd.EtcdApi.assertFails;
import static io.orderly.coordinator.etcd.EtcdApi.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.stub.MetadataUtils;
import io.orderly.coordinator.api.etcd.AuthDisableRequest;
import io.orderly.coordinator.api.etcd.AuthEnableRequest;
import io.orderly.coordinator.api.etcd.AuthRoleGetRequest;
import io.orderly.coordinator.api.etcd.AuthRoleGrantPermissionRequest;
import io.orderly.coordinator.api.etcd.AuthRoleListRequest;
import io.orderly.coordinator.api.etcd.AuthStatusRequest;
import io.orderly.coordinator.api.etcd.AuthUserAddRequest;
import io.orderly.coordinator.api.etcd.AuthUserChangePasswordRequest;
import io.orderly.coordinator.api.etcd.AuthUserGetRequest;
import io.orderly.coordinator.api.etcd.AuthUserListRequest;
import io.orderly.coordinator.api.etcd.AuthenticateRequest;
import io.orderly.coordinator.api.etcd.Permission;
import io.orderly.coordinator.api.etcd.UserAddOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Users, roles and tokens. */
@Timeout(60)
class AuthServiceTest extends UsersOfTheApi {

    @Test
    void itIsDisabledUntilRootEnablesIt() {
        assertThat(auth().authStatus(AuthStatusRequest.getDefaultInstance()).getEnabled())
                .isFalse();
        assertFails(
                () -> auth().authenticate(AuthenticateRequest.getDefaultInstance()),
                Code.FAILED_PRECONDITION,
                "etcdserver: authentication is not enabled");
        assertFails(
                () -> auth().authEnable(AuthEnableRequest.getDefaultInstance()),
                Code.FAILED_PRECONDITION,
                "etcdserver: root user does not exist");
        addUser("root");
        assertFails(
                () -> auth().authEnable(AuthEnableRequest.getDefaultInstance()),
                Code.FAILED_PRECONDITION,
                "etcdserver: root user does not have root role");
        assertThat(as("not a token", api.kv()).put(put("k")).hasHeader())
                .as("a token counts for nothing")
                .isTrue();
    }

    @Test
    void aTokenThatIsNotValidIsRefused() {
        enable();
        assertFails(() -> as("garbage", api.kv()).put(put("a/k")), Code.UNAUTHENTICATED, INVALID_TOKEN);
        assertFails(() -> as("garbage", api.kv()).range(get("a/k")), Code.UNAUTHENTICATED, INVALID_TOKEN);
        api.expireTokens();
        assertFails(() -> as(ada, api.kv()).put(put("a/k")), Code.UNAUTHENTICATED, INVALID_TOKEN);
        as(authenticate("ada"), api.kv()).put(put("a/k"));

        String before = authenticate("ada");
        root = authenticate("root");
        as(root, auth())
                .userChangePassword(AuthUserChangePasswordRequest.newBuilder()
                        .setName("ada")
                        .setPassword("another")
                        .build());
        assertFails(() -> as(before, api.kv()).put(put("a/k")), Code.UNAUTHENTICATED, INVALID_TOKEN);
        assertFails(
                () -> authenticate("ada"),
                Code.INVALID_ARGUMENT,
                "etcdserver: authentication failed, invalid user ID or password");
        assertFails(
                () -> authenticate("nobody"),
                Code.INVALID_ARGUMENT,
                "etcdserver: authentication failed, invalid user ID or password");

        as(root, auth()).authDisable(AuthDisableRequest.getDefaultInstance());
        api.kv().put(put("k"));
        auth().authEnable(AuthEnableRequest.getDefaultInstance());
        assertFails(() -> as(root, api.kv()).put(put("k")), Code.UNAUTHENTICATED, INVALID_TOKEN);
    }

    @Test
    void theTokenMayBeInTheHeaderOfTheGateway() {
        enable();
        var metadata = new Metadata();
        metadata.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), ada);
        api.kv()
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                .put(put("a/k"));
    }

    @Test
    void usersAndRolesAreForRootAndForThoseWhoHaveThem() {
        enable();
        assertThat(as(root, auth())
                        .userList(AuthUserListRequest.getDefaultInstance())
                        .getUsersList())
                .containsExactly("ada", "root");
        assertThat(as(root, auth())
                        .roleList(AuthRoleListRequest.getDefaultInstance())
                        .getRolesList())
                .containsExactly("editor");
        assertFails(
                () -> as(ada, auth()).userList(AuthUserListRequest.getDefaultInstance()),
                Code.PERMISSION_DENIED,
                DENIED);
        assertFails(() -> addUser("eve"), Code.INVALID_ARGUMENT, NO_USER);

        var self = AuthUserGetRequest.newBuilder().setName("ada").build();
        assertThat(as(ada, auth()).userGet(self).getRolesList()).containsExactly("editor");
        assertFails(
                () -> as(ada, auth())
                        .userGet(AuthUserGetRequest.newBuilder().setName("root").build()),
                Code.PERMISSION_DENIED,
                DENIED);
        assertThat(as(ada, auth())
                        .roleGet(AuthRoleGetRequest.newBuilder()
                                .setRole("editor")
                                .build())
                        .getPermList())
                .containsExactly(Permission.newBuilder()
                        .setPermType(Permission.Type.READWRITE)
                        .setKey(utf8("a/"))
                        .setRangeEnd(utf8("a0"))
                        .build());
        assertFails(
                () -> as(ada, auth())
                        .roleGet(
                                AuthRoleGetRequest.newBuilder().setRole("other").build()),
                Code.PERMISSION_DENIED,
                DENIED);
        assertFails(
                () -> as(root, auth())
                        .roleGrantPermission(AuthRoleGrantPermissionRequest.newBuilder()
                                .setName("editor")
                                .build()),
                Code.INVALID_ARGUMENT,
                "etcdserver: permission not given");
    }

    @Test
    void aUserWithoutAPasswordCannotAuthenticate() {
        auth().userAdd(AuthUserAddRequest.newBuilder()
                .setName("certificate")
                .setOptions(UserAddOptions.newBuilder().setNoPassword(true))
                .build());
        enable();
        assertFails(
                () -> authenticate("certificate"),
                Code.UNKNOWN,
                "auth: authentication failed, password was given for no password user");
    }
}
