package io.orderly.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class RateSearchTest {

    private static final RateSearch SEARCH = new RateSearch(1.5, 0.05);

    @Property
    void findsTheHighestSustainedRate(
            @ForAll @DoubleRange(min = 1, max = 5_000) double limit,
            @ForAll @DoubleRange(min = 1, max = 500) double first)
            throws InterruptedException {
        double found = SEARCH.highestSustained(first, 0.5, rate -> rate <= limit);
        assertThat(found).isLessThanOrEqualTo(limit).isGreaterThanOrEqualTo(limit / 1.05 - 1e-9);
    }

    @Test
    void returnsZeroIfNoRateIsSustained() throws InterruptedException {
        assertThat(SEARCH.highestSustained(100, 1, _ -> false)).isZero();
    }
}
