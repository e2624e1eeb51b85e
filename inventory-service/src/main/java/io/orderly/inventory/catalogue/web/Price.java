package io.orderly.inventory.catalogue.web;

import io.orderly.contracts.Money;
import java.math.BigDecimal;

/**
 * What a unit is to cost.
 *
 * @param amount above zero, two decimals at most; bounded, so that no order's total outgrows what money can hold
 * @param currency ISO 4217
 */
record Price(BigDecimal amount, String currency) {

    private static final BigDecimal MAX_AMOUNT = new BigDecimal(10_000_000);

    Price {
        if (amount.signum() <= 0 || amount.compareTo(MAX_AMOUNT) > 0) {
            throw new IllegalArgumentException("amount must be above 0 and at most " + MAX_AMOUNT);
        }
        if (amount.stripTrailingZeros().scale() > 2) {
            throw new IllegalArgumentException("amount must have no more than two decimals");
        }
        if (!currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("currency must be three capital letters");
        }
    }

    Money toMoney() {
        return new Money(amount.stripTrailingZeros(), currency);
    }
}
