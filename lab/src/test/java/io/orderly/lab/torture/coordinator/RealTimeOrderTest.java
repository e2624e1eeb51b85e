package io.orderly.lab.torture.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.torture.coordinator.RealTimeOrder.Numbers;
import java.util.List;
import org.junit.jupiter.api.Test;

class RealTimeOrderTest {

    @Test
    void requestsAtTheSameTimeMayBeServedInAnyOrder() {
        assertThat(RealTimeOrder.violation(List.of(new Numbers(10, 19, 0, 100), new Numbers(5, 9, 50, 120))))
                .isEmpty();
    }

    @Test
    void aLaterRequestMustNotGetLowerNumbers() {
        assertThat(RealTimeOrder.violation(
                        List.of(new Numbers(30, 39, 0, 10), new Numbers(10, 19, 5, 100), new Numbers(20, 29, 11, 12))))
                .get()
                .asString()
                .contains("first=20", "first=30");
    }

    @Test
    void aNumberMustNotBeReturnedTwice() {
        assertThat(RealTimeOrder.violation(List.of(new Numbers(1, 10, 0, 100), new Numbers(10, 12, 50, 120))))
                .get()
                .asString()
                .contains("in common");
    }

    @Test
    void anEmptyListIsCorrect() {
        assertThat(RealTimeOrder.violation(List.of())).isEmpty();
    }
}
