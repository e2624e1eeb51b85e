package io.orderly.gossip.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultRunTest {

    private static final int NODES = 20;
    private static final double LOSS = 0.1;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void afterTheFaultsAllLiveMembersKnowExactlyAllLiveMembers(long seed) {
        FaultRun.Report report = FaultRun.execute(NODES, LOSS, seed);
        assertThat(report.violations()).isEmpty();
        // the faults had an effect
        assertThat(report.falseDeaths()).isPositive();
        assertThat(report.refutations()).isPositive();
        assertThat(report.refusedIncarnations()).isPositive();
        assertThat(report.refusedByRate()).isPositive();
        assertThat(report.refusedMembers()).isPositive();
    }

    @Test
    void aSeedReproducesARun() {
        assertThat(FaultRun.execute(12, LOSS, 7)).isEqualTo(FaultRun.execute(12, LOSS, 7));
    }
}
