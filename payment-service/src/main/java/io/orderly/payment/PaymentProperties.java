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
 * Settings under {@code orderly.payment}. Circuit breaker, bulkhead and time limiter of the calls to the provider are
 * configured under {@code resilience4j.*.instances.provider}; the retry is not. The values of {@code maxTries}, {@code delayBetweenTries}, {@code retryDelay}, {@code longestRetryDelay},
 * {@code maxUnderWay} and {@code chargeLimit} can be replaced while the service runs.
 *
 * @param currency the currency of new accounts; a charge in another currency is declined
 * @param openingBalance the balance of a new account; a lower value causes more declines under load
 * @param openingBalances opening balances of single customers, by customer id. The default is 0 for {@code broke},
 *     whose orders are therefore all declined; a configured map replaces the default
 * @param chargeLimit the highest amount of one charge; a lower one rejects more orders
 * @param claim how long a claimed payment is reserved for the instance that claimed it. A shorter claim shortens
 *     recovery after a crash. If it is shorter than a call with all its retries, the provider is asked twice for the
 *     same payment, which costs a call but does not change the result
 * @param sweepInterval the interval between two searches for open payments without a valid claim, and the resolution of
 *     {@code retryDelay}; each search is one indexed query
 * @param maxTries how often a call is tried before the payment is left to a later attempt; 1 for no retry
 * @param delayBetweenTries the delay after the first failed try of a call, which grows by half with each further one and
 *     varies at random by up to a half
 * @param retryDelay the delay before a payment is attempted again after all retries of a call failed; doubles with each
 *     attempt, and is reduced by a random part of up to one half
 * @param longestRetryDelay the upper limit of the doubled delay, and so roughly the recovery time after a long outage
 * @param maxUnderWay the number of payments in settlement above which this instance leaves new payments in the
 *     database; a batch of commands that is accepted below the limit may exceed it
 * @param maxOutcomesPerCommit the largest number of outcomes in one transaction; a higher value increases throughput
 *     and the time that locks are held
 * @param pace the minimum time between the beginnings of two commits of outcomes while several payments are in
 *     settlement. A longer time means fewer and larger transactions, but delays each outcome by up to that time
 * @param provider the address and timeouts of the payment provider
 */
@Validated
@ConfigurationProperties("orderly.payment")
public record PaymentProperties(
        @DefaultValue("EUR") String currency,
        @DefaultValue("1000000.00") @NotNull BigDecimal openingBalance,
        @DefaultValue Map<String, BigDecimal> openingBalances,
        @DefaultValue("1000000.00") @NotNull BigDecimal chargeLimit,
        @DefaultValue("10s") Duration claim,
        @DefaultValue("500ms") Duration sweepInterval,
        @DefaultValue("3") @Min(1) @Max(10) int maxTries,
        @DefaultValue("100ms") Duration delayBetweenTries,
        @DefaultValue("250ms") Duration retryDelay,
        @DefaultValue("10s") Duration longestRetryDelay,
        @DefaultValue("256") @Min(1) @Max(10_000) int maxUnderWay,
        @DefaultValue("200") @Min(1) @Max(5_000) int maxOutcomesPerCommit,
        @DefaultValue("20ms") Duration pace,
        @DefaultValue @Valid Provider provider) {

    /**
     * @param url the base URL of the provider's HTTP API
     * @param connectTimeout the time after which the provider counts as unreachable
     * @param readTimeout the time after which the outcome of a request counts as unknown
     */
    public record Provider(
            @DefaultValue("http://localhost:8084") URI url,
            @DefaultValue("500ms") Duration connectTimeout,
            @DefaultValue("2s") Duration readTimeout) {}

    /**
     * @throws IllegalArgumentException if an amount is negative or not valid in the currency, the pace is negative, or
     *     another duration is shorter than a millisecond
     */
    public PaymentProperties {
        openingBalances = openingBalances.isEmpty() ? Map.of("broke", BigDecimal.ZERO) : Map.copyOf(openingBalances);
        for (var duration : List.of(claim, sweepInterval, delayBetweenTries, retryDelay, longestRetryDelay)) {
            if (duration.toMillis() < 1) {
                throw new IllegalArgumentException("a duration must be at least a millisecond, was " + duration);
            }
        }
        if (pace.isNegative()) {
            throw new IllegalArgumentException("the pace must not be negative, was " + pace);
        }
        requireNotNegative(openingBalance, currency);
        for (var balance : openingBalances.values()) {
            requireNotNegative(balance, currency);
        }
    }

    private static void requireNotNegative(BigDecimal balance, String currency) {
        if (new Money(balance, currency).isNegative()) {
            throw new IllegalArgumentException("an opening balance must not be negative, was " + balance);
        }
    }

    /** The opening balance of the customer's account. */
    public Money openingBalanceOf(String customer) {
        return new Money(openingBalances.getOrDefault(customer, openingBalance), currency);
    }
}
