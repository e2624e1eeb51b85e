package io.orderly.coordinator.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeaseTermTest {

    private static final Duration TTL = Duration.ofSeconds(10);

    @Test
    void endsBeforeTheMembersCanEndItOnAFasterClock() {
        LeaseTerm term = new LeaseTerm(TTL, seconds(100), 0.1);
        // 9 s are certain, a tenth of which is for the holder to stop
        assertThat(term.holds(seconds(108))).isTrue();
        assertThat(term.holds(seconds(108.1))).isFalse();
    }

    @Test
    void isCountedFromTheRequestOfARenewalAndNotFromItsResponse() {
        LeaseTerm term = new LeaseTerm(TTL, 0, 0);
        long request = term.renewing(seconds(3));
        term.renewed(request, TTL);
        assertThat(term.holds(seconds(11.9))).isTrue();
        assertThat(term.holds(seconds(12))).isFalse();
    }

    @Test
    void isNotShortenedByALateResponse() {
        LeaseTerm term = new LeaseTerm(TTL, 0, 0);
        long first = term.renewing(seconds(2));
        long second = term.renewing(seconds(5));
        term.renewed(second, TTL);
        term.renewed(first, TTL);
        assertThat(term.holds(seconds(13.9))).isTrue();
    }

    @Test
    void isNotExtendedByARepeatedResponse() {
        LeaseTerm term = new LeaseTerm(TTL, 0, 0);
        long request = term.renewing(seconds(3));
        term.renewed(request, Duration.ofSeconds(2));
        term.renewed(request, Duration.ofHours(1));
        assertThat(term.holds(seconds(9))).isFalse();
    }

    @Test
    void isLostOnceEvenIfTheThreadWasPausedBeyondTheDeadline() {
        LeaseTerm term = new LeaseTerm(TTL, 0, 0);
        assertThat(term.isLostNow(seconds(8.9))).isFalse();
        assertThat(term.isLostNow(seconds(1_000))).isTrue();
        assertThat(term.isLostNow(seconds(1_001))).isFalse();
    }

    @Test
    void isNeverRegained() {
        LeaseTerm term = new LeaseTerm(TTL, 0, 0);
        long request = term.renewing(seconds(8));
        assertThat(term.isLostNow(seconds(9))).isTrue();
        term.renewed(request, TTL);
        assertThat(term.holds(seconds(9.1))).isFalse();
        assertThat(term.isLostNow(seconds(9.1))).isFalse();
    }

    @Test
    void isLostAtOnceIfTheMembersDoNotKnowIt() {
        LeaseTerm term = new LeaseTerm(TTL, 0, 0);
        term.renewed(term.renewing(seconds(1)), Duration.ZERO);
        assertThat(term.holds(seconds(1))).isFalse();
        assertThat(term.isLostNow(seconds(1))).isTrue();
    }

    @Test
    void isDueForRenewalAfterAThirdOfItsTime() {
        LeaseTerm term = new LeaseTerm(Duration.ofSeconds(9), 0, 0);
        assertThat(term.untilRenewal(seconds(1))).isEqualTo(Duration.ofSeconds(2));
        term.renewed(term.renewing(seconds(3)), Duration.ofSeconds(9));
        assertThat(term.untilRenewal(seconds(3))).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void worksWhereTheClockOverflows() {
        LeaseTerm term = new LeaseTerm(TTL, Long.MAX_VALUE - 1, 0);
        assertThat(term.holds(Long.MAX_VALUE - 1 + seconds(8))).isTrue();
        assertThat(term.holds(Long.MAX_VALUE - 1 + seconds(9))).isFalse();
    }

    /** The members grant the lease at a random time between request and response, and their clock is faster within the allowed drift. */
    @Test
    void isNeverValidAfterTheMembersHaveEndedTheLease() {
        Random random = new Random(42);
        for (int run = 0; run < 1_000; run++) {
            double drift = random.nextDouble() * 0.3;
            double speed = 1 + random.nextDouble() * drift;
            LeaseTerm term = new LeaseTerm(TTL, 0, drift);
            double ends = random.nextDouble() + 10 / speed;
            double now = 1;
            while (term.holds(seconds(now))) {
                assertThat(now).isLessThan(ends);
                double sent = now;
                long request = term.renewing(seconds(sent));
                now += random.nextDouble() * 4;
                double executed = sent + random.nextDouble() * (now - sent);
                if (executed < ends && random.nextInt(4) > 0) {
                    ends = executed + 10 / speed;
                    if (random.nextBoolean()) {
                        term.renewed(request, TTL);
                    }
                }
                now += random.nextDouble() * 3;
            }
        }
    }

    private static long seconds(double seconds) {
        return (long) (seconds * 1e9);
    }
}
