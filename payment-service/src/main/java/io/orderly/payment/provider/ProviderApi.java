package io.orderly.payment.provider;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/**
 * The part of the provider's API that this service uses. Every payment status is returned with HTTP status 200,
 * including a decline.
 */
@HttpExchange(accept = "application/json")
interface ProviderApi {

    @PutExchange("/charges/{key}")
    PaymentBody charge(@PathVariable String key, @RequestBody ChargeBody charge);

    /** 404 if the provider has not seen the key. */
    @GetExchange("/charges/{key}")
    PaymentBody find(@PathVariable String key);

    @PostExchange("/charges/{key}/reversal")
    PaymentBody reverse(@PathVariable String key);

    @GetExchange("/book")
    BookPage book(@RequestParam long after, @RequestParam int limit);

    /** @param amount a decimal number, as text so that no parser rounds it */
    record ChargeBody(String account, String amount, String currency, String reference) {}

    /**
     * A payment as the provider represents it; amount and currency are absent if the key was reversed before its
     * charge.
     */
    record PaymentBody(
            String key,
            Status status,
            @Nullable String reason,
            @Nullable BigDecimal amount,
            @Nullable String currency) {}

    record BookPage(List<PaymentBody> payments, long next, boolean more) {}

    /** The status of a payment at the provider. */
    enum Status {
        AUTHORIZED,
        CHARGED,
        DECLINED,
        VOIDED,
        REFUNDED
    }
}
