package io.orderly.coordinator.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardedResourceTest {

    private final GuardedResource resource = new GuardedResource(30);
    private final List<String> done = new ArrayList<>();

    @Test
    void anEarlierHolderIsRefused() throws StaleTokenException {
        resource.use(33, () -> done.add("first"));
        resource.use(34, () -> done.add("second"));
        assertThatExceptionOfType(StaleTokenException.class)
                .isThrownBy(() -> resource.use(33, () -> done.add("first, after a long pause")))
                .satisfies(refusal -> {
                    assertThat(refusal.token()).isEqualTo(33);
                    assertThat(refusal.highestToken()).isEqualTo(34);
                });
        assertThat(resource.use(34, () -> done.add("second again"))).isTrue();
        assertThat(done).containsExactly("first", "second", "second again");
        assertThat(resource.refusals()).isEqualTo(1);
    }

    @Test
    void theHighestTokenSurvivesARestart() {
        assertThatExceptionOfType(StaleTokenException.class).isThrownBy(() -> resource.use(29, () -> done.add("late")));
    }

    @Test
    void useWithoutATokenIsAnError() {
        assertThatIllegalArgumentException().isThrownBy(() -> resource.use(0, () -> done.add("nobody")));
    }
}
