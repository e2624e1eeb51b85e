package io.orderly.antipatterns.twophasecommit.payment;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/** The provider's calls that hold an amount, and take it or give it up later. */
@HttpExchange(url = "/authorizations", accept = "application/json")
interface AuthorizationApi {

    @PutExchange("/{key}")
    PaymentBody authorize(@PathVariable String key, @RequestBody ChargeBody charge);

    @PostExchange("/{key}/capture")
    PaymentBody capture(@PathVariable String key);

    @PostExchange("/{key}/void")
    PaymentBody giveUp(@PathVariable String key);

    /** @param amount a decimal number, as text so that no parser rounds it */
    record ChargeBody(String account, String amount, String currency, String reference) {}

    /** A payment as the provider tells it. */
    record PaymentBody(Status status, @Nullable String reason) {}

    /** Where a payment stands at the provider. */
    enum Status {
        AUTHORIZED,
        CHARGED,
        DECLINED,
        VOIDED,
        REFUNDED
    }
}
