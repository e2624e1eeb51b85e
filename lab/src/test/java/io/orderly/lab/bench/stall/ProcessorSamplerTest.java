package io.orderly.lab.bench.stall;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.bench.stall.ProcessorSampler.Ticks;
import org.junit.jupiter.api.Test;

class ProcessorSamplerTest {

    private static final Ticks BEFORE = Ticks.of("cpu  1000 0 500 8000 100 0 20 40 0 0");

    @Test
    void readsTheLineOfAllProcessors() {
        assertThat(BEFORE).isEqualTo(new Ticks(9_660, 8_000, 100, 40));
    }

    @Test
    void allAreBusyIfNoneIsIdle() {
        assertThat(Ticks.of("cpu  1040 0 510 8001 100 0 20 40 0 0").scarceSince(BEFORE))
                .containsExactly("machine: all processors busy");
        assertThat(Ticks.of("cpu  1040 0 508 8002 100 0 20 40 0 0").scarceSince(BEFORE))
                .isEmpty();
    }

    @Test
    void tellsWaitingForTheDiskFromBeingBusy() {
        assertThat(Ticks.of("cpu  1040 0 510 8000 150 0 20 40 0 0").scarceSince(BEFORE))
                .containsExactly("machine: processors idle, waiting for the disk");
    }

    @Test
    void tellsWhatAnotherMachineTook() {
        assertThat(Ticks.of("cpu  1040 0 500 8050 100 0 20 50 0 0").scarceSince(BEFORE))
                .containsExactly("machine: processors taken by another machine");
    }

    @Test
    void nothingIsScarceWhereNoTimeHasPassed() {
        assertThat(BEFORE.scarceSince(BEFORE)).isEmpty();
    }
}
