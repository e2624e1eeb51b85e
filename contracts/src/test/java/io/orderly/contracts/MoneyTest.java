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
    private static final Money MOST = Money.euros("99999999999999999.99");

    @Property
    void addsToTheCentWhateverTheOrder(
            @ForAll @LongRange(min = -MANY_CENTS, max = MANY_CENTS) long a,
            @ForAll @LongRange(min = -MANY_CENTS, max = MANY_CENTS) long b,
            @ForAll @LongRange(min = -MANY_CENTS, max = MANY_CENTS) long c) {
        assertThat(cents(a).plus(cents(b))).isEqualTo(cents(a + b)).isEqualTo(cents(b).plus(cents(a)));
        assertThat(cents(a).plus(cents(b)).plus(cents(c))).isEqualTo(cents(a).plus(cents(b).plus(cents(c))));
    }

    @Property
    void timesIsRepeatedPlus(@ForAll @LongRange(min = -MANY_CENTS, max = MANY_CENTS) long a, @ForAll short factor) {
        assertThat(cents(a).times(factor)).isEqualTo(cents(a * factor));
        assertThat(cents(a).times(factor).plus(cents(a))).isEqualTo(cents(a).times(factor + 1));
    }

    @Property
    void negatedIsTheOppositeAndUndoesItself(@ForAll @LongRange(min = -MANY_CENTS, max = MANY_CENTS) long a) {
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
    void isTheSameHoweverItWasWritten() {
        assertThat(Money.euros("12.3"))
                .isEqualTo(Money.euros("12.300"))
                .isEqualTo(Money.euros("123E-1"))
                .hasSameHashCodeAs(Money.euros("12.30"))
                .hasToString("12.30 EUR");
        assertThat(Money.euros("-0.00")).isEqualTo(Money.zero("EUR"));
        assertThat(Money.euros("1E+3")).hasToString("1000.00 EUR");
    }

    @Example
    void hasNoFractionsOfACent() {
        assertThatIllegalArgumentException().isThrownBy(() -> Money.euros("0.001"));
    }

    @Example
    void staysWithinItsDigits() {
        Money cent = Money.euros("0.01");

        assertThat(MOST.plus(cent.negated()).plus(cent)).isEqualTo(MOST);
        assertThatIllegalArgumentException().isThrownBy(() -> MOST.plus(cent));
        assertThatIllegalArgumentException().isThrownBy(() -> MOST.negated().plus(cent.negated()));
        assertThatIllegalArgumentException().isThrownBy(() -> MOST.times(2));
    }

    @Example
    void isNotBlownUpByAnExponent() {
        for (String exponent : new String[] {"1E+999999999", "1E-999999999", "0E+999999999", "0E-999999999"}) {
            assertThatIllegalArgumentException().as(exponent).isThrownBy(() -> Money.euros(exponent));
        }
    }

    @Example
    void doesNotMixCurrencies() {
        Money dollar = new Money(BigDecimal.ONE, "USD");

        assertThatIllegalArgumentException().isThrownBy(() -> MOST.plus(dollar));
        assertThatIllegalArgumentException().isThrownBy(() -> MOST.isLessThan(dollar));
        assertThat(dollar).isNotEqualTo(Money.euros("1"));
    }

    @Example
    void wantsACurrencyOfThreeCapitalLetters() {
        for (String currency : new String[] {"", "eur", "EU", "EURO", "EUR\n", "ÄÖÜ"}) {
            assertThatIllegalArgumentException().as(currency).isThrownBy(() -> Money.zero(currency));
        }
    }

    private static Money cents(long cents) {
        return new Money(BigDecimal.valueOf(cents, 2), "EUR");
    }
}
