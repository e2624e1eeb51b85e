package io.orderly.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class MoneyTest {

    private static final long MANY_CENTS = 100_000_000_000_000L;
    private static final Money MAX = Money.euros("99999999999999999.99");

    @Property
    void additionIsExactCommutativeAndAssociative(
            @ForAll @LongRange(min = -MANY_CENTS, max = MANY_CENTS) long a,
            @ForAll @LongRange(min = -MANY_CENTS, max = MANY_CENTS) long b,
            @ForAll @LongRange(min = -MANY_CENTS, max = MANY_CENTS) long c) {
        assertThat(cents(a).plus(cents(b))).isEqualTo(cents(a + b)).isEqualTo(cents(b).plus(cents(a)));
        assertThat(cents(a).plus(cents(b)).plus(cents(c))).isEqualTo(cents(a).plus(cents(b).plus(cents(c))));
    }

    @Property
    void negationIsTheAdditiveInverse(@ForAll @LongRange(min = -MANY_CENTS, max = MANY_CENTS) long a) {
        assertThat(cents(a).plus(cents(a).negated())).isEqualTo(Money.zero("EUR"));
        assertThat(cents(a).negated().negated()).isEqualTo(cents(a));
        assertThat(cents(a).isPositive())
                .isEqualTo(a > 0)
                .isEqualTo(cents(a).negated().isNegative());
    }

    @Property
    void isComparedByAmount(
            @ForAll @LongRange(min = -MANY_CENTS, max = MANY_CENTS) long a,
            @ForAll @LongRange(min = -MANY_CENTS, max = MANY_CENTS) long b) {
        assertThat(cents(a).isLessThan(cents(b))).isEqualTo(a < b);
    }

    @Example
    void isEqualWhateverTheScale() {
        assertThat(new Money(new BigDecimal("12.3"), "EUR"))
                .isEqualTo(new Money(new BigDecimal("12.300"), "EUR"))
                .isEqualTo(new Money(new BigDecimal("123E-1"), "EUR"))
                .hasSameHashCodeAs(Money.euros("12.30"))
                .hasToString("12.30 EUR");
        assertThat(Money.euros("-0.00")).isEqualTo(Money.zero("EUR"));
        assertThat(new Money(new BigDecimal("1E+3"), "EUR")).hasToString("1000.00 EUR");
    }

    @Example
    void acceptsOnlyOneTextForm() {
        for (String amount : new String[] {
            "1.2", "1.200", "12e-1", "1.20 ", " 1.20", "+1.20", "01.20", ".20", "1.", "1", "1,20", "", "NaN", "٣.٠٠"
        }) {
            assertThatIllegalArgumentException()
                    .as(amount)
                    .isThrownBy(() -> Money.of(amount, "EUR"))
                    .withMessageStartingWith("amount must be a number with two decimals");
        }
        assertThat(Money.of("1.20", "EUR")).isEqualTo(Money.euros("1.20"));
    }

    @Example
    void rejectsFractionsOfACent() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Money(new BigDecimal("0.001"), "EUR"));
    }

    @Example
    void rejectsResultsWithTooManyDigits() {
        Money cent = Money.euros("0.01");

        assertThat(MAX.plus(cent.negated()).plus(cent)).isEqualTo(MAX);
        assertThatIllegalArgumentException().isThrownBy(() -> MAX.plus(cent));
        assertThatIllegalArgumentException().isThrownBy(() -> MAX.negated().plus(cent.negated()));
    }

    @Example
    void rejectsLargeExponents() {
        for (String exponent : new String[] {"1E+999999999", "1E-999999999", "0E+999999999", "0E-999999999"}) {
            assertThatIllegalArgumentException()
                    .as(exponent)
                    .isThrownBy(() -> new Money(new BigDecimal(exponent), "EUR"));
        }
    }

    @Example
    void doesNotMixCurrencies() {
        Money dollar = new Money(BigDecimal.ONE, "USD");

        assertThatIllegalArgumentException().isThrownBy(() -> MAX.plus(dollar));
        assertThatIllegalArgumentException().isThrownBy(() -> MAX.isLessThan(dollar));
        assertThat(dollar).isNotEqualTo(Money.euros("1.00"));
    }

    @Example
    void requiresACurrencyOfThreeCapitalLetters() {
        for (String currency : new String[] {"", "eur", "EU", "EURO", "EUR\n", "ÄÖÜ"}) {
            assertThatIllegalArgumentException().as(currency).isThrownBy(() -> Money.zero(currency));
        }
    }

    private static Money cents(long cents) {
        return new Money(BigDecimal.valueOf(cents, 2), "EUR");
    }
}
