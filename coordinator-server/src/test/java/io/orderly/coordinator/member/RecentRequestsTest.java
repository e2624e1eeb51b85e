package io.orderly.coordinator.member;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentRequestsTest {

    @Test
    void aRepeatedRequestIsRecognized() {
        var recent = new RecentRequests(3);
        assertThat(recent.add(5)).isTrue();
        assertThat(recent.add(5)).isFalse();
    }

    @Test
    void theOldestRequestsAreRemoved() {
        var recent = new RecentRequests(3);
        for (long id = 0; id < 100; id++) {
            assertThat(recent.add(id)).isTrue();
            assertThat(recent.add(Math.max(0, id - 2))).isFalse();
        }
        assertThat(recent.add(50)).isTrue();
    }
}
