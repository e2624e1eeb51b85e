package io.orderly.lab.torture.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import org.junit.jupiter.api.Test;

class KeyClientTest {

    @Test
    void onlyARefusalForLackOfSpaceIsKnownToHaveNoEffect() {
        Status exhausted = Status.RESOURCE_EXHAUSTED;

        assertThat(exhausted.withDescription("etcdserver: mvcc: database space exceeded"))
                .matches(KeyClient::isRefusedForLackOfSpace);
        assertThat(exhausted.withDescription("etcdserver: too many requests"))
                .matches(status -> !KeyClient.isRefusedForLackOfSpace(status));
        assertThat(Status.UNAVAILABLE.withDescription("etcdserver: mvcc: database space exceeded"))
                .matches(status -> !KeyClient.isRefusedForLackOfSpace(status));
    }
}
