package io.orderly.payment.charging;

import io.orderly.kit.settings.LiveSetting;
import io.orderly.kit.settings.LiveSettings;
import io.orderly.kit.settings.SettingDeclaration;
import io.orderly.payment.PaymentProperties;
import java.math.BigDecimal;
import org.springframework.stereotype.Component;

/** The highest amount of a single charge, which can be changed while the service runs. */
@Component
class ChargeLimit {

    private static final BigDecimal HIGHEST = new BigDecimal("1000000000.00");

    private final LiveSetting<BigDecimal> amount;

    ChargeLimit(LiveSettings settings, PaymentProperties properties) {
        amount = settings.declare(
                SettingDeclaration.amount(
                        "payment.charge-limit",
                        properties.chargeLimit(),
                        BigDecimal.ZERO.setScale(2),
                        HIGHEST,
                        "The highest amount of one charge, in " + properties.currency()
                                + ". Orders above it are rejected with CHARGE_LIMIT_EXCEEDED; charges that were accepted before a change are settled."));
    }

    /** In the currency of the accounts. A batch of charges asks once, so that all of them have the same limit. */
    BigDecimal now() {
        return amount.get();
    }
}
