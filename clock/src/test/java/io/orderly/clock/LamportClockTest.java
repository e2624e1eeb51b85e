package io.orderly.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LamportClockTest {

    @Test
    void startsAfterTheGivenValue() {
        assertThat(new LamportClock(0).tick()).isEqualTo(1);
        assertThat(new LamportClock(41).tick()).isEqualTo(42);
    }

    @Property
    void theValueOfAReceiptIsGreaterThanTheReceivedAndTheLatestValue(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE - 2) long start,
            @ForAll @LongRange(min = 1, max = Long.MAX_VALUE - 2) long remote) {
        var clock = new LamportClock(start);

        var received = clock.receive(remote);

        assertThat(received).isGreaterThan(remote).isGreaterThan(start);
        assertThat(clock.tick()).isGreaterThan(received);
    }

    @Test
    void throwsOnOverflowAndDoesNotChange() {
        var clock = new LamportClock(7);
        assertThatThrownBy(() -> clock.receive(Long.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
        assertThat(clock.latest()).isEqualTo(7);

        var full = new LamportClock(Long.MAX_VALUE);
        assertThatThrownBy(full::tick).isInstanceOf(ArithmeticException.class);
        assertThat(full.latest()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void rejectsReceivedValuesThatAreNotPositive(long remote) {
        var clock = new LamportClock(7);

        assertThatThrownBy(() -> clock.receive(remote))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Long.toString(remote));
        assertThat(clock.latest()).isEqualTo(7);
    }

    @Test
    void rejectsANegativeStartingValue() {
        assertThatThrownBy(() -> new LamportClock(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverIssuesAValueTwiceToConcurrentThreads() {
        var clock = new LamportClock(0);

        var values = ConcurrentCalls.run(8, 20_000, i -> i % 3 == 0 ? clock.receive(i + 1) : clock.tick());

        assertThat(values).allSatisfy(own -> assertThat(own).isSorted());
        assertThat(ConcurrentCalls.distinct(values)).isEqualTo(8 * 20_000);
    }
}
