package io.orderly.coordinator.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.clock.HybridTimestamp;
import io.orderly.coordinator.clock.OracleSettings;
import io.orderly.coordinator.clock.TimestampRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Timestamps of a leader whose clock is far ahead, and of its successor. */
class FastClockTest {

    private static final long NOW = 1_700_000_000_000L;
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final OracleSettings SETTINGS = OracleSettings.DEFAULTS;
    private static final long MAX_DRIFT = SETTINGS.maxDrift().toMillis();

    private final SharedLog log = new SharedLog(2, ServerSettings.DEFAULTS);
    private final List<TimestampRange> granted = new ArrayList<>();

    private Reply<TimestampRange> request(int node, int count) {
        List<Reply<TimestampRange>> replies = new ArrayList<>();
        log.server(node).timestamps(count, replies::add);
        log.settle();
        assertThat(replies).as("each request is answered once").hasSize(1);
        if (replies.getFirst() instanceof Reply.Completed<TimestampRange>(TimestampRange range)) {
            if (!granted.isEmpty()) {
                assertThat(range.first()).isGreaterThan(granted.getLast().last());
            }
            granted.add(range);
        }
        return replies.getFirst();
    }

    private long boundMillis(int node) {
        return HybridTimestamp.fromLong(log.server(node).state().timestampBound())
                .physicalMillis();
    }

    @Test
    void aLeaderRaisesTheBoundNoFurtherThanTheAllowedDriftFromItsClock() {
        log.setClock(0, NOW + HOUR);
        for (int i = 0; i < 2_000; i++) {
            request(0, SETTINGS.maxRange());
        }
        assertThat(granted).isNotEmpty();
        assertThat(granted.getLast().last().physicalMillis()).isLessThanOrEqualTo(NOW + HOUR + MAX_DRIFT);
        assertThat(boundMillis(0)).isLessThanOrEqualTo(NOW + HOUR + MAX_DRIFT);
        assertThat(request(0, SETTINGS.maxRange())).isInstanceOf(Reply.RetryLater.class);
    }

    @Test
    void theNextLeaderNeverGoesBackAndSaysWhenItCanServeAgain() {
        log.setClock(0, NOW + HOUR);
        log.setClock(1, NOW);
        assertThat(request(0, 10)).isInstanceOf(Reply.Completed.class);
        long bound = log.server(1).state().timestampBound();

        log.elect(1);
        Reply<TimestampRange> refused = request(1, 10);
        assertThat(refused).isInstanceOf(Reply.RetryLater.class);
        Duration delay = ((Reply.RetryLater<TimestampRange>) refused).delay();
        assertThat(delay)
                .isBetween(
                        Duration.ofHours(1).minus(SETTINGS.maxDrift()),
                        Duration.ofHours(1).plusSeconds(1));
        assertThat(log.server(1).state().timestampBound())
                .as("a refused request does not raise the bound")
                .isEqualTo(bound);

        log.setClock(1, NOW + delay.toMillis());
        assertThat(request(1, 10)).isInstanceOf(Reply.Completed.class);
        assertThat(granted.getLast().first().toLong()).isGreaterThan(bound);
        assertThat(granted.getLast().last().physicalMillis()).isLessThanOrEqualTo(NOW + delay.toMillis() + MAX_DRIFT);
    }

    @Test
    void aLeaderWhoseClockIsSetBackContinuesFromItsLastTimestamp() {
        log.setClock(0, NOW + 2_000);
        request(0, 10);
        log.setClock(0, NOW);
        assertThat(request(0, 10)).isInstanceOf(Reply.Completed.class);
        assertThat(granted).hasSize(2);
    }

    @Test
    void leadersWithDifferentClocksInTurnNeverGoBack() {
        for (int i = 0; i < 100; i++) {
            int node = i % 2;
            log.setClock(node, NOW + 1_500L * i + (node == 0 ? 2_000 : -500));
            log.elect(node);
            assertThat(request(node, 100)).isInstanceOf(Reply.Completed.class);
        }
        assertThat(granted).hasSize(100);
    }

    /** Each new leader discards the rest of a window; the drift from its clock stays bounded. */
    @Test
    void frequentChangesOfLeaderAreBoundedByTheAllowedDrift() {
        for (int i = 0; i < 100; i++) {
            int node = i % 2;
            log.setClock(0, NOW + 50L * i);
            log.setClock(1, NOW + 50L * i);
            log.elect(node);
            assertThat(request(node, 100)).isInstanceOfAny(Reply.Completed.class, Reply.RetryLater.class);
            assertThat(boundMillis(node)).isLessThanOrEqualTo(NOW + 50L * i + MAX_DRIFT);
        }
        assertThat(granted).hasSizeGreaterThan(5);
    }
}
