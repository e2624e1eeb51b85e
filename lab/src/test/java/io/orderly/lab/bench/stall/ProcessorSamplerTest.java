package io.orderly.lab.bench.stall;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.bench.stall.ProcessorSampler.Ticks;
import org.junit.jupiter.api.Test;

class ProcessorSamplerTest {

    private static final Ticks BEFORE = Ticks.of("cpu  1000 0 500 8000 100 0 20 40 0 0");

    @Test
    void parsesTheLineOfAllProcessors() {
        assertThat(BEFORE).isEqualTo(new Ticks(9_660, 8_000, 100, 40));
    }

    @Test
    void reportsBusyProcessorsIfNoneIsIdle() {
        assertThat(Ticks.of("cpu  1040 0 510 8001 100 0 20 40 0 0").shortagesSince(BEFORE))
                .containsExactly("machine: all processors busy");
        assertThat(Ticks.of("cpu  1040 0 508 8002 100 0 20 40 0 0").shortagesSince(BEFORE))
                .isEmpty();
    }

    @Test
    void distinguishesDiskWaitsFromBusyProcessors() {
        assertThat(Ticks.of("cpu  1040 0 510 8000 150 0 20 40 0 0").shortagesSince(BEFORE))
                .containsExactly("machine: processors idle, waiting for the disk");
    }

    @Test
    void reportsStolenProcessorTime() {
        assertThat(Ticks.of("cpu  1040 0 500 8050 100 0 20 50 0 0").shortagesSince(BEFORE))
                .containsExactly("machine: processor time stolen by the hypervisor");
    }

    @Test
    void reportsNothingIfNoTimeHasPassed() {
        assertThat(BEFORE.shortagesSince(BEFORE)).isEmpty();
    }
}
