package io.orderly.console.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.console.faults.FaultsView.Control;
import io.orderly.console.faults.FaultsView.FaultState;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultHistoryTest {

    private final FaultHistory history = new FaultHistory();

    @Test
    void aFaultThatIsNoLongerNamedHasEnded() {
        history.observe(List.of(fault("a", 1), fault("b", 2)), 10);
        FaultsView view = history.observe(List.of(fault("b", 2)), 20);

        assertThat(view.active()).containsExactly(fault("b", 2));
        assertThat(view.ended()).containsExactly(fault("a", 1).ended(20));
    }

    @Test
    void anIdThatIsUsedAgainIsAnotherFault() {
        history.observe(List.of(fault("a", 1)), 10);
        FaultsView view = history.observe(List.of(fault("a", 15)), 20);

        assertThat(view.active()).containsExactly(fault("a", 15));
        assertThat(view.ended()).containsExactly(fault("a", 1).ended(20));
    }

    @Test
    void withoutAnAnswerNothingHasEnded() {
        history.observe(List.of(fault("a", 1)), 10);
        FaultsView view = history.noAnswer();

        assertThat(view.control()).isEqualTo(Control.AWAY);
        assertThat(view.active()).containsExactly(fault("a", 1));
        assertThat(view.ended()).isEmpty();
    }

    @Test
    void remembersTheLastOnes() {
        for (int i = 0; i < FaultHistory.MAX_ENDED + 5; i++) {
            history.observe(List.of(fault("a", i)), i);
        }
        FaultsView view = history.observe(List.of(), 1_000);

        assertThat(view.ended()).hasSize(FaultHistory.MAX_ENDED);
        assertThat(view.ended().getFirst().sinceMillis()).isEqualTo(FaultHistory.MAX_ENDED + 4);
    }

    private static FaultState fault(String id, long sinceMillis) {
        return new FaultState(id, "cut", "a->b", "", sinceMillis, null, null, false, "");
    }
}
