package io.orderly.payment.charging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BackOffTest {

    private final BackOff backOff = new BackOff(Duration.ofMillis(250), Duration.ofSeconds(10));

    @Property
    void theDelayIsBetweenHalfAndAllOfABoundedExponential(@ForAll @IntRange(min = 0) int attempt, @ForAll long seed) {
        var rest = backOff.after(attempt, new Random(seed));
        long full = attempt > 7 ? 10_000 : Math.min(10_000, 250L << Math.max(0, attempt - 1));

        assertThat(rest).isBetween(Duration.ofMillis(full / 2), Duration.ofMillis(full));
    }
}
