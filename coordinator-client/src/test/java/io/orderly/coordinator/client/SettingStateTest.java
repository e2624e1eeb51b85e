package io.orderly.coordinator.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.client.SettingState.Step;
import io.orderly.coordinator.store.Bytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettingStateTest {

    private static final SettingType<Integer> POSITIVE = SettingType.INTEGER.that(value -> value > 0, "not above 0");
    private final SettingState<Integer> initial = SettingState.initial(10);

    @Test
    void usesAValidValue() {
        Step<Integer> step = stored(initial, "20", 5);
        assertThat(step).isEqualTo(new Step.Changed<>(new SettingState<>(20, 5, 5), 10));
    }

    @Test
    void keepsTheOldValueIfTheNewOneIsNotValid() {
        SettingState<Integer> valid = stored(initial, "20", 5).state();
        Step<Integer> step = stored(valid, "-1", 6);
        assertThat(step).isEqualTo(new Step.Refused<>(new SettingState<>(20, 5, 6), "'-1' is not valid: not above 0"));
        assertThat(stored(step.state(), "twenty", 7)).isInstanceOf(Step.Refused.class);
    }

    @Test
    void ignoresOlderRevisions() {
        SettingState<Integer> valid = stored(initial, "20", 5).state();
        assertThat(stored(valid, "30", 5)).isInstanceOf(Step.Unchanged.class);
        assertThat(stored(valid, "30", 4).state().value()).isEqualTo(20);
    }

    @Test
    void returnsToTheDefaultWhenItIsDeleted() {
        SettingState<Integer> valid = stored(initial, "20", 5).state();
        assertThat(stored(valid, null, 6)).isEqualTo(new Step.Changed<>(new SettingState<>(10, 0, 6), 20));
    }

    @Test
    void recoversFromAnInvalidValue() {
        SettingState<Integer> invalid = stored(initial, "-1", 5).state();
        assertThat(stored(invalid, "3", 6).state().value()).isEqualTo(3);
    }

    private static Step<Integer> stored(SettingState<Integer> state, @Nullable String text, long revision) {
        return state.stored(text == null ? null : Bytes.utf8(text), revision, POSITIVE, 10);
    }
}
