package io.orderly.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderScenarioTest {

    @ParameterizedTest
    @CsvSource({
        "ORDINARY,          CONFIRMED, true",
        "ORDINARY,          REJECTED,  false",
        "ORDINARY,          CANCELLED, false",
        "ORDINARY,          PARKED,    false",
        "ORDINARY,          SERVED,    true",
        "UNPAYABLE,         REJECTED,  true",
        "UNPAYABLE,         CONFIRMED, false",
        "UNDELIVERABLE,     REJECTED,  true",
        "OUT_OF_STOCK,      REJECTED,  true",
        "OUT_OF_STOCK,      PARKED,    false",
        "UNKNOWN_PRODUCT,   REJECTED,  false",
        "CANCELLED_AT_ONCE, CONFIRMED, true",
        "CANCELLED_AT_ONCE, CANCELLED, true",
        "CANCELLED_AT_ONCE, REJECTED,  false"
    })
    void hasItsRightEnd(OrderScenario scenario, OrderOutcome outcome, boolean isRight) {
        assertThat(scenario.endsRightly(outcome)).isEqualTo(isRight);
    }
}
