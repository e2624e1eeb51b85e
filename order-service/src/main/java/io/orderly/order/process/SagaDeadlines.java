package io.orderly.order.process;

import io.orderly.contracts.SagaStep;
import io.orderly.kit.settings.LiveSetting;
import io.orderly.kit.settings.LiveSettings;
import io.orderly.kit.settings.SettingDeclaration;
import io.orderly.order.saga.Deadlines;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The deadlines that are in force. Each can be changed while the service runs, and then applies to commands that are sent later. */
@Component
class SagaDeadlines {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(24);

    private final Map<SagaStep, LiveSetting<Duration>> firstAttempts = new EnumMap<>(SagaStep.class);
    private final LiveSetting<Duration> longest;

    SagaDeadlines(LiveSettings settings, SagaProperties properties) {
        for (SagaStep step : SagaStep.values()) {
            firstAttempts.put(
                    step,
                    settings.declare(firstAttempt(step, properties.deadline().of(step))));
        }
        longest = settings.declare(SettingDeclaration.duration(
                "saga.longest-deadline",
                properties.longestDeadline(),
                SHORTEST,
                LONGEST,
                "The wait doubles with each further attempt up to this limit. A longer limit puts less load on an unavailable "
                        + "participant, but delays the saga more once the participant is available again."));
    }

    /** The deadlines now. A batch of sagas asks once, so that all of them have the same. */
    Deadlines now() {
        Map<SagaStep, Duration> first = new EnumMap<>(SagaStep.class);
        firstAttempts.forEach((step, setting) -> first.put(step, setting.get()));
        return new Deadlines(first, longest.get());
    }

    private static SettingDeclaration<Duration> firstAttempt(SagaStep step, Duration configured) {
        return SettingDeclaration.duration(
                "saga.deadline." + step.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                configured,
                SHORTEST,
                LONGEST,
                consequence(step));
    }

    private static String consequence(SagaStep step) {
        return switch (step) {
            case RESERVE_INVENTORY, CHARGE_PAYMENT, SCHEDULE_SHIPMENT ->
                "A shorter deadline rejects more orders while the participant is slow; a longer one keeps stock and money "
                        + "reserved longer while it is unavailable.";
            case COMMIT_RESERVATION, CANCEL_SHIPMENT, REFUND_PAYMENT, RELEASE_INVENTORY ->
                "The time until the command is sent again: with a shorter one, a slow participant gets more duplicates; with a "
                        + "longer one, a lost command is repaired later.";
        };
    }
}
