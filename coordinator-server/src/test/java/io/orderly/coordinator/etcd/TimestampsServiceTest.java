package io.orderly.coordinator.etcd;

import static io.orderly.coordinator.etcd.EtcdApi.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import io.orderly.coordinator.api.timestamps.AllocateRequest;
import io.orderly.coordinator.api.timestamps.AllocateResponse;
import io.orderly.coordinator.api.timestamps.TimestampsGrpc;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimestampsServiceTest {

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
}
