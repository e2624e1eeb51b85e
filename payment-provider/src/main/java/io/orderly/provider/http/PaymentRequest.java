package io.orderly.provider.http;

import io.orderly.provider.book.Money;
import io.orderly.provider.book.Request;
import java.util.Currency;

/** What a client asks for, in its own words. */
record PaymentRequest(String account, String amount, String currency, String reference) {

    /** @throws Problem 400 if a text is missing or not readable */
    PaymentRequest {
        Text.readable("account", account);
        Text.readable("amount", amount);
        Text.readable("currency", currency);
        Text.readable("reference", reference);
    }

    /** @throws Problem 422 if there is no such money */
    Request toRequest(Request.Flow flow) {
        return new Request(flow, account, money(), reference);
    }

    private Money money() {
        Currency known;
        try {
            known = Currency.getInstance(currency);
        } catch (IllegalArgumentException _) {
            throw Problem.unacceptable("currency", "must be an ISO 4217 code like EUR");
        }
        try {
            return Money.of(amount, known);
        } catch (IllegalArgumentException e) {
            throw Problem.unacceptable("amount", e.getMessage());
        }
    }
}
