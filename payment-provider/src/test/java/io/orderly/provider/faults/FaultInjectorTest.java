package io.orderly.provider.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.orderly.provider.book.Money;
import io.orderly.provider.book.Request;
import io.orderly.provider.book.Request.Flow;
import io.orderly.provider.faults.PlannedResponse.Ending;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultInjectorTest {

    private static final int MANY = 20_000;

    @Test
    void requestsAreNotAffectedByDefault() {
        assertThat(plannedResponses(new FaultInjector(settings(0, 0, 0, 0, 1)), 100))
                .containsOnly(new PlannedResponse(5, Ending.ANSWER));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.3, 1})
    void theShareOfAffectedRequestsMatchesTheRates(double rate) {
        assertThat(share(settings(rate, 0, 0, 0, 1), fate -> fate.delayMillis() >= 1_000))
                .isCloseTo(rate, within(0.02));
        assertThat(share(settings(0, rate, 0, 0, 1), fate -> fate.ending() == Ending.ERROR_BEFORE))
                .isCloseTo(rate, within(0.02));
        assertThat(share(settings(0, 0, rate, 0, 1), fate -> fate.ending() == Ending.ERROR_AFTER))
                .isCloseTo(rate / 2, within(0.02));
        assertThat(share(settings(0, 0, rate, 0, 1), fate -> fate.ending() == Ending.SILENCE_AFTER))
                .isCloseTo(rate / 2, within(0.02));
        var declining = new FaultInjector(settings(0, 0, 0, rate, 1));
        assertThat(keys().filter(key -> declining.decline(key, request("any")).isPresent())
                                .count()
                        / (double) MANY)
                .isCloseTo(rate, within(0.02));
    }

    @Test
    void theJitterIsUniformlyDistributed() {
        var settings = new FaultSettings(100, 9, 0, 0, 0, 0, 0, false, 1, Map.of());

        var delays = plannedResponses(new FaultInjector(settings), MANY).stream()
                .mapToInt(PlannedResponse::delayMillis)
                .summaryStatistics();

        assertThat(delays.getMin()).isEqualTo(100);
        assertThat(delays.getMax()).isEqualTo(109);
        assertThat(delays.getAverage()).isCloseTo(104.5, within(0.1));
    }

    @Test
    void theSameSeedRepeatsTheSameResponses() {
        var settings = settings(0.3, 0.3, 0.3, 0.3, 42);
        var faults = new FaultInjector(settings);
        var first = plannedResponses(faults, 1_000);

        faults.change(settings);
        assertThat(plannedResponses(faults, 1_000)).isEqualTo(first);
        faults.change(settings(0.3, 0.3, 0.3, 0.3, 43));
        assertThat(plannedResponses(faults, 1_000)).isNotEqualTo(first);
    }

    @Test
    void aDeclineDependsOnlyOnTheKey() {
        var faults = new FaultInjector(settings(0, 0, 0, 0.5, 1));
        var declined = keys().filter(key -> faults.decline(key, request("any")).isPresent())
                .toList();

        assertThat(keys().sorted()
                        .filter(key -> faults.decline(key, request("any")).isPresent()))
                .containsExactlyInAnyOrderElementsOf(declined);
    }

    @Test
    void configuredAccountsAreDeclinedWithTheirReason() {
        var faults = new FaultInjector(
                new FaultSettings(0, 0, 0, 0, 0, 0, 0, false, 1, Map.of("poor", "insufficient_funds")));

        assertThat(faults.decline("k", request("poor"))).contains("insufficient_funds");
        assertThat(faults.decline("k", request("rich"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
    void aRateOutsideOfZeroToOneIsRejected(double rate) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> settings(rate, 0, 0, 0, 1))
                .returns("slowRate", InvalidSettingException::field);
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> settings(0, rate, 0, 0, 1))
                .returns("errorRate", InvalidSettingException::field);
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> settings(0, 0, rate, 0, 1))
                .returns("lostAnswerRate", InvalidSettingException::field);
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> settings(0, 0, 0, rate, 1))
                .returns("declineRate", InvalidSettingException::field);
    }

    private static FaultSettings settings(
            double slowRate, double errorRate, double lostAnswerRate, double declineRate, long seed) {
        return new FaultSettings(5, 0, slowRate, 1_000, errorRate, lostAnswerRate, declineRate, false, seed, Map.of());
    }

    private static double share(FaultSettings settings, Predicate<PlannedResponse> hit) {
        return plannedResponses(new FaultInjector(settings), MANY).stream()
                        .filter(hit)
                        .count()
                / (double) MANY;
    }

    private static List<PlannedResponse> plannedResponses(FaultInjector faults, int count) {
        return Stream.generate(faults::next).limit(count).toList();
    }

    private static Stream<String> keys() {
        return IntStream.range(0, MANY).mapToObj(i -> "order-" + i);
    }

    private static Request request(String account) {
        return new Request(Flow.CHARGE, account, Money.of("1", Currency.getInstance("EUR")), "order");
    }
}
