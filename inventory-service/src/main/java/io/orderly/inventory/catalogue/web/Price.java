package io.orderly.inventory.catalogue.web;

import io.orderly.contracts.Money;
import java.math.BigDecimal;

/**
 * The new price of a unit, in the format of {@link Money}.
 *
 * @param amount above zero; bounded, so that the total of an order cannot exceed the range of {@link Money}
 * @param currency ISO 4217 code
 */
record Price(String amount, String currency) {

    private static final BigDecimal MAX_AMOUNT = new BigDecimal(10_000_000);

    Price {
        Money money = Money.of(amount, currency);
        if (!money.isPositive() || money.amount().compareTo(MAX_AMOUNT) > 0) {
            throw new IllegalArgumentException("amount must be above 0 and at most " + MAX_AMOUNT);
        }
    }

    Money toMoney() {
        return Money.of(amount, currency);
    }
}
