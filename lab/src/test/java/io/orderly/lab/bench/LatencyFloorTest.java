package io.orderly.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.bench.LatencyFloor.Pass;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyFloorTest {

    @Test
    void isTheMedianOfThePassesAndOfTheirComponents() {
        LatencyFloor floor = LatencyFloor.of(List.of(
                new Pass(4_000_000, 3_000_000, 5_000_000),
                new Pass(900_000_000, 1_000_000, 6_000_000),
                new Pass(5_000_000, 2_000_000, 7_000_000)));

        assertThat(floor).isEqualTo(new LatencyFloor(5, 2, 6, 14));
    }
}
