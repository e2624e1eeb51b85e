package io.orderly.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private final RetryBudget budget = new RetryBudget(0.25);

    @Test
    void allowsAShareOfTheFirstRequestsOnceTheFirstTokensAreSpent() {
        assertThat(granted(50)).isEqualTo(10);
        IntStream.range(0, 20).forEach(_ -> budget.firstRequest());
        assertThat(granted(50)).isEqualTo(5);
    }

    @Test
    void savesNoMoreThanTheFirstTokens() {
        IntStream.range(0, 1_000).forEach(_ -> budget.firstRequest());
        assertThat(granted(50)).isEqualTo(10);
    }

    private long granted(int retries) {
        return IntStream.range(0, retries).filter(_ -> budget.tryRetry()).count();
    }
}
