package io.orderly.coordinator.etcd;

import static io.orderly.coordinator.etcd.EtcdApi.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import io.orderly.coordinator.api.etcd.AuthEnableRequest;
import io.orderly.coordinator.api.etcd.AuthGrpc;
import io.orderly.coordinator.api.etcd.AuthStatusRequest;
import io.orderly.coordinator.api.etcd.AuthUserAddRequest;
import io.orderly.coordinator.api.etcd.AuthenticateRequest;
import io.orderly.coordinator.api.timestamps.AllocateRequest;
import io.orderly.coordinator.api.timestamps.AllocateResponse;
import io.orderly.coordinator.api.timestamps.TimestampsGrpc;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthAndTimestampsTest {

    private final EtcdApi api = new EtcdApi();

    @AfterEach
    void close() {
        api.close();
    }

    private AllocateResponse allocate(int count) {
        return TimestampsGrpc.newBlockingStub(api.channel)
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .allocate(AllocateRequest.newBuilder().setCount(count).build());
    }

    @Test
    void rangesOfTimestampsFollowEachOther() {
        AllocateResponse first = allocate(1_000);
        assertThat(first.getCount()).isEqualTo(1_000);
        assertThat(allocate(1).getFirst()).isGreaterThanOrEqualTo(first.getFirst() + 1_000);
    }

    @Test
    void aRangeThatIsEmptyOrTooLargeIsRefused() {
        assertFails(() -> allocate(0), Code.INVALID_ARGUMENT, "coordinator: 0 timestamps");
        assertFails(() -> allocate(-1), Code.INVALID_ARGUMENT, "coordinator: 4294967295 timestamps");
        assertFails(
                () -> allocate(Integer.MAX_VALUE),
                Code.FAILED_PRECONDITION,
                "coordinator: 2147483647 timestamps, not from 1 to 1000000");
    }

    @Test
    void authenticationIsNotEnabled() {
        var auth = AuthGrpc.newBlockingStub(api.channel).withDeadlineAfter(10, TimeUnit.SECONDS);
        assertThat(auth.authStatus(AuthStatusRequest.getDefaultInstance()).getEnabled())
                .isFalse();
        assertFails(
                () -> auth.authenticate(AuthenticateRequest.getDefaultInstance()),
                Code.FAILED_PRECONDITION,
                "etcdserver: authentication is not enabled");
        assertFails(
                () -> auth.userAdd(AuthUserAddRequest.getDefaultInstance()),
                Code.FAILED_PRECONDITION,
                "etcdserver: authentication is not enabled");
        assertFails(
                () -> auth.authEnable(AuthEnableRequest.getDefaultInstance()),
                Code.FAILED_PRECONDITION,
                "etcdserver: root user does not exist");
    }
}
