package io.orderly.order.placement;

import io.orderly.kit.settings.LiveSetting;
import io.orderly.kit.settings.LiveSettings;
import io.orderly.kit.settings.SettingDeclaration;
import io.orderly.kit.web.ProblemException;
import io.orderly.kit.web.ProblemType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The feature flag of the placement of orders, such as for a maintenance of another service. */
@Component
@EnableConfigurationProperties(PlacementProperties.class)
public class PlacementSwitch {

    private final LiveSetting<Boolean> enabled;

    PlacementSwitch(LiveSettings settings, PlacementProperties properties) {
        enabled = settings.declare(SettingDeclaration.flag(
                "placement.enabled",
                properties.enabled(),
                "If false, new orders are refused with 503. Accepted orders are processed."));
    }

    /** @throws ProblemException 503, if new orders are not accepted */
    public void requireEnabled() {
        if (!enabled.get()) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "New orders are not accepted at present.");
        }
    }
}
