package io.orderly.provider.http;

import io.orderly.provider.book.Money;
import io.orderly.provider.book.Request;
import java.util.Currency;

/** The JSON body of a payment request. */
record PaymentRequest(String account, String amount, String currency, String reference) {

    /** @throws ProblemException 400 if a text is missing or not readable */
    PaymentRequest {
        ReadableText.require("account", account);
        ReadableText.require("amount", amount);
        ReadableText.require("currency", currency);
        ReadableText.require("reference", reference);
    }

    /** @throws ProblemException 422 if amount or currency is invalid */
    Request toRequest(Request.Flow flow) {
        return new Request(flow, account, money(), reference);
    }

    private Money money() {
        Currency known;
        try {
            known = Currency.getInstance(currency);
        } catch (IllegalArgumentException _) {
            throw ProblemException.unacceptable("currency", "must be an ISO 4217 code like EUR");
        }
        try {
            return Money.of(amount, known);
        } catch (IllegalArgumentException e) {
            throw ProblemException.unacceptable("amount", e.getMessage());
        }
    }
}
