package io.orderly.payment.charging;

import io.orderly.kit.settings.LiveSetting;
import io.orderly.kit.settings.LiveSettings;
import io.orderly.kit.settings.SettingDeclaration;
import io.orderly.payment.PaymentProperties;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** The settings of the settlement of payments that can be changed while the service runs. */
@Component
class SettlementSettings {

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final LiveSetting<Integer> maxTries;
    private final LiveSetting<Duration> delayBetweenTries;
    private final LiveSetting<Duration> retryDelay;
    private final LiveSetting<Duration> longestRetryDelay;
    private final LiveSetting<Integer> maxUnderWay;

    SettlementSettings(LiveSettings settings, PaymentProperties properties) {
        maxTries = settings.declare(SettingDeclaration.integer(
                "payment.max-tries",
                properties.maxTries(),
                1,
                10,
                "How often a call to the provider is tried before the payment is left to a later attempt. With fewer tries, short "
                        + "failures delay more payments and open the circuit breaker earlier; more tries put more load on a provider "
                        + "that fails. A call that lasts longer than the claim of its payment is made by another instance as well, "
                        + "which does not change the result."));
        delayBetweenTries = settings.declare(SettingDeclaration.duration(
                "payment.delay-between-tries",
                properties.delayBetweenTries(),
                SHORTEST,
                Duration.ofSeconds(5),
                "The delay after the first failed try of a call, which grows with each further one. A shorter one puts more load on a "
                        + "provider that fails; with a longer one, payments wait longer after a single failure."));
        retryDelay = settings.declare(SettingDeclaration.duration(
                "payment.retry-delay",
                properties.retryDelay(),
                SHORTEST,
                Duration.ofHours(1),
                "The delay before a payment is attempted again, doubled with each attempt. A shorter one puts more load on a "
                        + "provider that fails; with a longer one, payments wait longer after a short outage."));
        longestRetryDelay = settings.declare(SettingDeclaration.duration(
                "payment.longest-retry-delay",
                properties.longestRetryDelay(),
                SHORTEST,
                Duration.ofHours(24),
                "The upper limit of the doubled delay, and so roughly the recovery time after a long outage."));
        maxUnderWay = settings.declare(
                SettingDeclaration.integer(
                        "payment.max-under-way",
                        properties.maxUnderWay(),
                        1,
                        properties.maxUnderWay(), // the pool of connections to the provider has the configured size
                        "The number of payments in settlement above which this instance leaves new ones in the database. A lower number "
                                + "spares the provider; payments that wait longer than the deadline of their step are voided."));
    }

    /** The limits of the tries of a call that begins now. */
    Tries tries() {
        return new Tries(maxTries.get(), delayBetweenTries.get());
    }

    /** The delays for the next failed attempt. */
    BackOff backOff() {
        return new BackOff(retryDelay.get(), longestRetryDelay.get());
    }

    int maxUnderWay() {
        return maxUnderWay.get();
    }
}
