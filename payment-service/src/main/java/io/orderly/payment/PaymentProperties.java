package io.orderly.payment;

import io.orderly.contracts.Money;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings under {@code orderly.payment}. What protects the calls to the provider (retry, breaker, bulkhead, time limit) is
 * set under {@code resilience4j.*.instances.provider}.
 *
 * @param currency the currency of the accounts that are opened from now on; a charge in another one is declined
 * @param openingBalance what a customer seen for the first time has to spend; less of it means more declines under load
 * @param openingBalances customers who start with another amount. By default {@code broke} starts with nothing, so that
 *     every order of hers is declined; whatever is set here replaces that
 * @param claim for how long a payment that one instance has taken up is left alone by all others, itself restarted
 *     included. Shorter means sooner recovery after a crash, but below the time that all retries of a call take the same
 *     payment is asked for twice, which costs calls and changes nothing
 * @param sweepInterval how often to look for open payments that nobody has taken up: the net under a crash, and the
 *     resolution of {@code retryDelay}; every sweep is one indexed query
 * @param retryDelay how long a payment rests after all tries of a call were in vain; doubles each time, and a random part
 *     of up to a half is left out of it
 * @param longestRetryDelay where the doubling ends, and so about how long recovery takes after a long outage
 * @param maxUnderWay beyond how many payments under way this instance leaves new ones in the database for later; a batch of
 *     commands that is let in may exceed it
 * @param maxOutcomesPerCommit how many outcomes share one transaction at most; more means higher throughput and longer locks
 * @param provider where the payment provider is
 */
@Validated
@ConfigurationProperties("orderly.payment")
public record PaymentProperties(
        @DefaultValue("EUR") String currency,
        @DefaultValue("1000000.00") @NotNull BigDecimal openingBalance,
        @DefaultValue Map<String, BigDecimal> openingBalances,
        @DefaultValue("10s") Duration claim,
        @DefaultValue("500ms") Duration sweepInterval,
        @DefaultValue("250ms") Duration retryDelay,
        @DefaultValue("10s") Duration longestRetryDelay,
        @DefaultValue("256") @Min(1) @Max(10_000) int maxUnderWay,
        @DefaultValue("200") @Min(1) @Max(5_000) int maxOutcomesPerCommit,
        @DefaultValue @Valid Provider provider) {

    /**
     * @param url of the provider's HTTP interface
     * @param connectTimeout after which an unreachable provider counts as away
     * @param readTimeout after which a request's outcome counts as unknown
     */
    public record Provider(
            @DefaultValue("http://localhost:8084") URI url,
            @DefaultValue("500ms") Duration connectTimeout,
            @DefaultValue("2s") Duration readTimeout) {}

    /** @throws IllegalArgumentException if an amount is none of the currency or below zero, or a duration is not above zero */
    public PaymentProperties {
        openingBalances = openingBalances.isEmpty() ? Map.of("broke", BigDecimal.ZERO) : Map.copyOf(openingBalances);
        for (var duration : List.of(claim, sweepInterval, retryDelay, longestRetryDelay)) {
            if (duration.toMillis() < 1) {
                throw new IllegalArgumentException("a duration must be at least a millisecond, was " + duration);
            }
        }
        requireNotNegative(openingBalance, currency);
        for (var balance : openingBalances.values()) {
            requireNotNegative(balance, currency);
        }
    }

    private static void requireNotNegative(BigDecimal balance, String currency) {
        if (new Money(balance, currency).isNegative()) {
            throw new IllegalArgumentException("an opening balance must not be below zero, was " + balance);
        }
    }

    /** What the customer's account starts with. */
    public Money openingBalanceOf(String customer) {
        return new Money(openingBalances.getOrDefault(customer, openingBalance), currency);
    }
}
