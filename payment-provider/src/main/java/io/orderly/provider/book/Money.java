package io.orderly.provider.book;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.regex.Pattern;

/**
 * A positive amount that can be charged, in whole minor units of its currency: {@code 12.34 EUR}, {@code 1234 JPY}.
 *
 * @param amount positive and at most {@link #LARGEST}; its scale is the number of decimals of the currency
 * @param currency an ISO 4217 currency with minor units
 */
public record Money(BigDecimal amount, Currency currency) {

    /** The largest amount of one payment. */
    public static final BigDecimal LARGEST = new BigDecimal("999999999.99");

    // The length is checked before the number is parsed, because parsing 1E+999999999 would be expensive.
    private static final Pattern DECIMAL = Pattern.compile("(0|[1-9][0-9]{0,11})(\\.[0-9]{1,6})?");

    /** @throws IllegalArgumentException if the amount is not positive, too large, or has too many decimals */
    public Money {
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException("must be more than zero");
        }
        if (amount.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException("must be at most " + LARGEST);
        }
        var digits = currency.getDefaultFractionDigits();
        if (digits < 0) {
            throw new IllegalArgumentException("nothing can be charged in " + currency);
        }
        if (amount.stripTrailingZeros().scale() > digits) {
            throw new IllegalArgumentException("%s has %d decimals".formatted(currency, digits));
        }
        amount = amount.setScale(digits, RoundingMode.UNNECESSARY);
    }

    /**
     * Parses an amount written as a plain decimal number, such as {@code 12.34}: without sign, exponent and leading
     * zeros.
     *
     * @throws IllegalArgumentException if the text has another form, or the amount cannot be charged
     */
    public static Money of(String amount, Currency currency) {
        if (!DECIMAL.matcher(amount).matches()) {
            throw new IllegalArgumentException("must be a positive decimal number like 12.34, at most " + LARGEST);
        }
        return new Money(new BigDecimal(amount), currency);
    }
}
