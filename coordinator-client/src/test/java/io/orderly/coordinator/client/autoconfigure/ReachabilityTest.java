package io.orderly.coordinator.client.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.client.autoconfigure.Reachability.Report;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReachabilityTest {

    /** The monotonic clock may begin anywhere and overflow. */
    private static final long BEGIN = Long.MAX_VALUE - Duration.ofSeconds(12).toNanos();

    private final Reachability reachability = new Reachability(Duration.ofSeconds(10), BEGIN);

    @Test
    void reportsOnceThatTheCoordinatorIsReached() {
        assertThat(probed(true, 1)).isEqualTo(Report.REACHED);
        assertThat(probed(true, 2)).isEqualTo(Report.NOTHING);
    }

    @Test
    void reportsOnceThatTheCoordinatorHasNotBeenReachedSinceTheStart() {
        assertThat(LongStream.rangeClosed(1, 30).mapToObj(second -> probed(false, second)))
                .filteredOn(report -> report != Report.NOTHING)
                .containsExactly(Report.UNREACHABLE);
    }

    @Test
    void waitsUntilThePatienceHasPassed() {
        assertThat(probed(false, 9)).isEqualTo(Report.NOTHING);
        assertThat(probed(false, 10)).isEqualTo(Report.UNREACHABLE);
    }

    @Test
    void aShortOutageIsNotReported() {
        assertThat(probed(true, 5)).isEqualTo(Report.REACHED);
        assertThat(probed(false, 14)).isEqualTo(Report.NOTHING);
        assertThat(probed(true, 15)).isEqualTo(Report.NOTHING);
        assertThat(probed(false, 24)).isEqualTo(Report.NOTHING);
    }

    @Test
    void reportsEachOutageAndItsEnd() {
        assertThat(probed(false, 10)).isEqualTo(Report.UNREACHABLE);
        assertThat(probed(true, 11)).isEqualTo(Report.REACHED);
        assertThat(probed(false, 21)).isEqualTo(Report.UNREACHABLE);
        assertThat(probed(true, 22)).isEqualTo(Report.REACHED);
    }

    private Report probed(boolean answered, long second) {
        return reachability.probed(answered, BEGIN + Duration.ofSeconds(second).toNanos());
    }
}
