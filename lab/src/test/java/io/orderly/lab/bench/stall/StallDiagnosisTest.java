package io.orderly.lab.bench.stall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.orderly.lab.bench.stall.StallDiagnosis.SuspectedCause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StallDiagnosisTest {

    private static final Instant ZERO = Instant.parse("2026-11-29T10:00:00Z");
    private static final Duration LIMIT = Duration.ofMillis(100);

    @Test
    void aSecondIsSlowIfItHasASlowOrFailedRequest() {
        List<AcceptanceSecond> seconds =
                List.of(second(0, 500, 100, 0), second(1, 500, 101, 0), second(2, 500, 5, 1), second(3, 500, 5, 0));

        assertThat(StallDiagnosis.of(seconds, List.of(), LIMIT).slow()).containsExactly(seconds.get(1), seconds.get(2));
    }

    @Test
    void suspectsOccurrencesDuringTheSlowestRequest() {
        List<AcceptanceSecond> seconds = List.of(second(0, 500, 300, 0), second(1, 0, 5, 0));
        List<Occurrence> occurrences = List.of(
                occurrence("before", 100, 499),
                occurrence("overlapping its start", 100, 500),
                occurrence("within", 600, 650),
                occurrence("overlapping its end", 800, 900),
                occurrence("after", 801, 900));

        assertThat(StallDiagnosis.of(seconds, occurrences, LIMIT).suspects())
                .extracting(SuspectedCause::what)
                .containsExactly("overlapping its end", "overlapping its start", "within");
    }

    @Test
    void suspectsAllOccurrencesOfASecondWithFailedRequests() {
        List<AcceptanceSecond> seconds = List.of(second(0, 500, 1_600, 2), second(1, 0, 5, 0), second(2, 999, 5, 0));
        List<Occurrence> occurrences = List.of(occurrence("first", 0, 0), occurrence("during the retry", 2_050, 2_060));

        assertThat(StallDiagnosis.of(seconds, occurrences, LIMIT).suspects())
                .extracting(SuspectedCause::what, SuspectedCause::slow)
                .contains(tuple("first", 1), tuple("during the retry", 1));
    }

    @Test
    void occurrencesThatAreRareInOtherSecondsComeFirst() {
        List<AcceptanceSecond> seconds =
                List.of(second(0, 0, 200, 0), second(1, 0, 200, 0), second(2, 0, 5, 0), second(3, 0, 5, 0));
        List<Occurrence> occurrences = List.of(
                occurrence("both and one other", 0, 2_500), occurrence("both", 0, 1_100), occurrence("one", 0, 100));

        assertThat(StallDiagnosis.of(seconds, occurrences, LIMIT).suspects())
                .containsExactly(
                        new SuspectedCause("both", 2, 0, Duration.ofMillis(1_100)),
                        new SuspectedCause("both and one other", 2, 1, Duration.ofMillis(2_500)),
                        new SuspectedCause("one", 1, 0, Duration.ofMillis(100)));
    }

    @Test
    void occurrencesInAllSecondsAreNotSuspected() {
        List<AcceptanceSecond> seconds = List.of(second(0, 0, 200, 0), second(1, 0, 5, 0));
        List<Occurrence> occurrences = List.of(occurrence("always", 0, 5_000), occurrence("elsewhere", 1_500, 1_600));

        StallDiagnosis diagnosis = StallDiagnosis.of(seconds, occurrences, LIMIT);

        assertThat(diagnosis.suspects()).isEmpty();
        assertThat(diagnosis).asString().contains("Slow seconds: 1 of 2", "no monitored occurrence");
    }

    @Test
    void countsRepeatedOccurrencesInASecondOnce() {
        List<AcceptanceSecond> seconds = List.of(second(0, 0, 200, 0), second(1, 0, 5, 0));
        List<Occurrence> occurrences = List.of(occurrence("often", 10, 20), occurrence("often", 50, 90));

        assertThat(StallDiagnosis.of(seconds, occurrences, LIMIT).suspects())
                .containsExactly(new SuspectedCause("often", 1, 0, Duration.ofMillis(40)));
    }

    @Test
    void isEmptyIfNoSecondWasSlow() {
        StallDiagnosis diagnosis =
                StallDiagnosis.of(List.of(second(0, 0, 5, 0)), List.of(occurrence("harmless", 0, 10)), LIMIT);

        assertThat(diagnosis.suspects()).isEmpty();
        assertThat(diagnosis).hasToString("");
        assertThat(StallDiagnosis.of(List.of(), List.of(), LIMIT)).hasToString("");
    }

    @Test
    void printsTheSlowSecondsAndTheirSuspectedCauses() {
        List<AcceptanceSecond> seconds = List.of(second(0, 0, 3_800, 163), second(1, 0, 5, 0));

        assertThat(StallDiagnosis.of(seconds, List.of(occurrence("checkpoint", 100, 750)), LIMIT))
                .hasToString("""
                        Slow seconds: 1 of 2
                          2026-11-29T10:00:00Z  slowest 3,800 ms, 163 failed requests
                        occurrences in them                                                             in slow    in others    longest
                        checkpoint                                                                      1 of  1     0 of   1     650 ms
                        """.replace("\n", System.lineSeparator()));
    }

    /** @param fromMillis within the second */
    private static AcceptanceSecond second(int number, int fromMillis, int tookMillis, int turnedAway) {
        Instant begin = ZERO.plusSeconds(number);
        Instant from = begin.plusMillis(fromMillis);
        return new AcceptanceSecond(begin, from, from.plusMillis(tookMillis), turnedAway);
    }

    private static Occurrence occurrence(String what, int fromMillis, int untilMillis) {
        return new Occurrence(what, ZERO.plusMillis(fromMillis), ZERO.plusMillis(untilMillis));
    }
}
