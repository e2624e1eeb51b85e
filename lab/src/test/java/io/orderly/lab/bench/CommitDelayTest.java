package io.orderly.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitDelayTest {

    @ParameterizedTest
    @ValueSource(longs = {-1, 101})
    void aDelayThatPostgreSqlDoesNotAllowIsRefused(long millis) {
        assertThatThrownBy(() -> new CommitDelay(Duration.ofMillis(millis)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The commit delay must be between 0 and 100 ms, and is %d ms", millis);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 100})
    void theLimitsAreAllowed(long millis) {
        assertThat(new CommitDelay(Duration.ofMillis(millis)).duration()).hasMillis(millis);
    }
}
