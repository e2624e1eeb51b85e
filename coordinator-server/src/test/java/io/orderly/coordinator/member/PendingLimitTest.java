package io.orderly.coordinator.member;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PendingLimitTest {

    private final PendingLimit limit = new PendingLimit(3, 100);

    @Test
    void requestsAreRefusedByTheirNumber() {
        assertThat(limit.tryAcquire(0)).isTrue();
        assertThat(limit.tryAcquire(0)).isTrue();
        assertThat(limit.tryAcquire(0)).isTrue();
        assertThat(limit.tryAcquire(0)).isFalse();
        assertThat(limit.pending()).isEqualTo(3);
        limit.release(0);
        assertThat(limit.tryAcquire(0)).isTrue();
    }

    @Test
    void commandsAreRefusedByTheirBytesAndOtherRequestsAreNot() {
        assertThat(limit.tryAcquire(60)).isTrue();
        assertThat(limit.tryAcquire(41)).isFalse();
        assertThat(limit.tryAcquire(0)).isTrue();
        assertThat(limit.tryAcquire(40)).isTrue();
        limit.release(60);
        assertThat(limit.tryAcquire(61)).isFalse();
        assertThat(limit.tryAcquire(60)).isTrue();
    }
}
