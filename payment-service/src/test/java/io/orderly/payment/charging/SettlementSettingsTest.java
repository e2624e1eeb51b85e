package io.orderly.payment.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.kit.settings.LiveSettings;
import io.orderly.kit.testing.InMemorySettings;
import io.orderly.payment.PaymentProperties;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SettlementSettingsTest {

    private final InMemorySettings store = new InMemorySettings();
    private final SettlementSettings settings = new SettlementSettings(
            new LiveSettings(store),
            new Binder(new MapConfigurationPropertySource(Map.of()))
                    .bindOrCreate("orderly.payment", PaymentProperties.class));

    @Test
    void appliesTheConfiguredValuesUntilOthersAreStored() {
        assertThat(settings.backOff()).isEqualTo(new BackOff(Duration.ofMillis(250), Duration.ofSeconds(10)));
        assertThat(settings.maxUnderWay()).isEqualTo(256);

        store.store("payment.retry-delay", "2s");
        store.store("payment.max-under-way", "3");

        assertThat(settings.backOff()).isEqualTo(new BackOff(Duration.ofSeconds(2), Duration.ofSeconds(10)));
        assertThat(settings.maxUnderWay()).isEqualTo(3);
    }

    @Test
    void keepsTheLastValueInsteadOfOneThatNeedsMoreConnectionsThanThereAre() {
        store.store("payment.max-under-way", "3");
        store.store("payment.max-under-way", "257");
        assertThat(settings.maxUnderWay()).isEqualTo(3);
    }
}
