package io.orderly.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * An amount in a currency, with two decimals. In JSON the amount is a string with two decimals, so that it is not parsed to
 * floating point and equal amounts have equal text.
 *
 * @param amount with two decimals and at most 17 digits before them; may be negative in a ledger, but not in an order
 * @param currency three capital letters, ISO 4217
 */
public record Money(
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount, String currency) {

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern EXTERNAL_FORM = Pattern.compile("-?(0|[1-9][0-9]{0,16})\\.[0-9]{2}");
    private static final int MAX_DIGITS = 19;

    /**
     * @throws IllegalArgumentException if the amount has more than two decimals or too many digits, or the currency is
     *     malformed
     */
    public Money {
        Require.present(amount, "amount");
        if (amount.scale() > 2 && amount.stripTrailingZeros().scale() > 2) {
            throw new IllegalArgumentException("amount must have no more than two decimals");
        }
        if (amount.precision() - amount.scale() > MAX_DIGITS - 2 || Math.abs((long) amount.scale()) > MAX_DIGITS) {
            throw new IllegalArgumentException(
                    "amount must have at most " + (MAX_DIGITS - 2) + " digits before the decimals");
        }
        amount = amount.setScale(2, RoundingMode.UNNECESSARY);
        requireCurrency(currency);
    }

    /**
     * Parses an amount in its external form: no exponent, no plus sign, no leading zeros.
     *
     * @throws IllegalArgumentException naming the invalid part, unless the amount has exactly two decimals and at most 17
     *     digits before them and the currency is valid
     */
    @JsonCreator
    public static Money of(String amount, String currency) {
        Require.all(() -> requireExternalForm(amount), () -> requireCurrency(currency));
        return new Money(new BigDecimal(amount), currency);
    }

    private static void requireExternalForm(String amount) {
        Require.present(amount, "amount");
        if (!EXTERNAL_FORM.matcher(amount).matches()) {
            throw new IllegalArgumentException("amount must be a number with two decimals, such as \"12.30\"");
        }
    }

    private static void requireCurrency(String currency) {
        Require.present(currency, "currency");
        if (!CURRENCY.matcher(currency).matches()) {
            throw new IllegalArgumentException("currency must be three capital letters");
        }
    }

    /** @param amount such as {@code "12.34"} */
    public static Money euros(String amount) {
        return of(amount, "EUR");
    }

    public static Money zero(String currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    /** @throws IllegalArgumentException if the currencies differ */
    public Money plus(Money other) {
        requireSameCurrency(other);
        return new Money(amount.add(other.amount), currency);
    }

    public Money negated() {
        return new Money(amount.negate(), currency);
    }

    @JsonIgnore
    public boolean isPositive() {
        return amount.signum() > 0;
    }

    @JsonIgnore
    public boolean isNegative() {
        return amount.signum() < 0;
    }

    /** @throws IllegalArgumentException if the currencies differ */
    public boolean isLessThan(Money other) {
        requireSameCurrency(other);
        return amount.compareTo(other.amount) < 0;
    }

    private void requireSameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("currencies differ: " + currency + " and " + other.currency);
        }
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}
