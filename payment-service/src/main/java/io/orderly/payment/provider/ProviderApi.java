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

/** The calls of the provider that this service makes. Whatever became of a payment is a 200, a decline included. */
@HttpExchange(accept = "application/json")
interface ProviderApi {

    @PutExchange("/charges/{key}")
    PaymentBody charge(@PathVariable String key, @RequestBody ChargeBody charge);

    /** 404 if nothing was ever done under this key. */
    @GetExchange("/charges/{key}")
    PaymentBody find(@PathVariable String key);

    @PostExchange("/charges/{key}/reversal")
    PaymentBody reverse(@PathVariable String key);

    @GetExchange("/book")
    BookPage book(@RequestParam long after, @RequestParam int limit);

    /** @param amount a decimal number, as text so that no parser rounds it */
    record ChargeBody(String account, String amount, String currency, String reference) {}

    /** A payment as the provider tells it; amount and currency are missing from a key that was reversed before its charge. */
    record PaymentBody(
            String key,
            Status status,
            @Nullable String reason,
            @Nullable BigDecimal amount,
            @Nullable String currency) {}

    record BookPage(List<PaymentBody> payments, long next, boolean more) {}

    /** Where a payment stands at the provider. */
    enum Status {
        AUTHORIZED,
        CHARGED,
        DECLINED,
        VOIDED,
        REFUNDED
    }
}
