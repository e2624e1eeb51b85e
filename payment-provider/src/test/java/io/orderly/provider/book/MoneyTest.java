package io.orderly.provider.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({
        "12.34, EUR, 12.34",
        "12, EUR, 12.00",
        "0.01, EUR, 0.01",
        "12.340000, EUR, 12.34",
        "999999999.99, EUR, 999999999.99",
        "1200.00, JPY, 1200",
        "1.234, BHD, 1.234"
    })
    void anAmountIsFormattedInMinorUnitsOfItsCurrency(String text, String currency, String amount) {
        assertThat(Money.of(text, Currency.getInstance(currency)).amount()).hasToString(amount);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "0.00",
                "-1",
                "+1",
                "1e3",
                "1E+999999999",
                "NaN",
                "Infinity",
                "0x1",
                "1,5",
                "1.",
                ".5",
                "1.234",
                "1000000000",
                "999999999999",
                "9999999999999",
                "١٢",
                "12.34 ",
                "1_000",
                "012.34"
            })
    void anInvalidAmountIsRejected(String amount) {
        assertThatThrownBy(() -> Money.of(amount, Currency.getInstance("EUR")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCurrencyWithoutMinorUnitsIsRejected() {
        assertThatThrownBy(() -> Money.of("1", Currency.getInstance("XAU")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("XAU");
    }
}
