package io.orderly.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {

    private final VirtualTime time = new VirtualTime();
    private final List<String> happened = new ArrayList<>();

    @Test
    void runsActionsInTheOrderOfTheirTimeAndThenOfTheirScheduling() {
        time.after(2, () -> happened.add("third"));
        time.after(1, () -> happened.add("first"));
        time.after(1, () -> {
            happened.add("second");
            time.after(0, () -> happened.add("at once"));
        });
        for (int i = 0; i < 4; i++) {
            time.advance();
        }
        assertThat(happened).containsExactly("first", "second", "at once", "third");
        assertThat(time.nowMicros()).isEqualTo(2);
    }

    @Test
    void rejectsNegativeDelays() {
        assertThatThrownBy(() -> time.after(-1, () -> {})).isInstanceOf(IllegalArgumentException.class);
    }
}
