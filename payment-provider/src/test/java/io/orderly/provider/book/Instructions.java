package io.orderly.provider.book;

import io.orderly.provider.book.Instruction.Pay;
import io.orderly.provider.book.Request.Flow;
import java.util.Currency;

/** Instructions for tests. */
final class Instructions {

    private Instructions() {}

    static Money euros(String amount) {
        return Money.of(amount, Currency.getInstance("EUR"));
    }

    static Pay charge(String key, String amount) {
        return new Pay(key, new Request(Flow.CHARGE, "cust-1", euros(amount), "order-1"));
    }

    static Pay authorize(String key, String amount) {
        return new Pay(key, new Request(Flow.AUTHORIZATION, "cust-1", euros(amount), "order-1"));
    }
}
