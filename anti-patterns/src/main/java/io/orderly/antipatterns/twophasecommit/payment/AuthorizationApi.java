package io.orderly.antipatterns.twophasecommit.payment;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/** The provider's requests that hold an amount, and later capture or void it. */
@HttpExchange(url = "/authorizations", accept = "application/json")
interface AuthorizationApi {

    @PutExchange("/{key}")
    PaymentBody authorize(@PathVariable String key, @RequestBody ChargeBody charge);

    @PostExchange("/{key}/capture")
    PaymentBody capture(@PathVariable String key);

    @PostExchange("/{key}/void")
    PaymentBody voidAuthorization(@PathVariable String key);

    /** @param amount a decimal number, as text so that no parser rounds it */
    record ChargeBody(String account, String amount, String currency, String reference) {}

    /** A payment as the provider represents it. */
    record PaymentBody(Status status, @Nullable String reason) {}

    /** The status of a payment at the provider. */
    enum Status {
        AUTHORIZED,
        CHARGED,
        DECLINED,
        VOIDED,
        REFUNDED
    }
}
