package io.orderly.payment.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.kit.settings.LiveSettings;
import io.orderly.kit.testing.InMemorySettings;
import io.orderly.payment.PaymentProperties;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        assertThat(settings.tries()).isEqualTo(new Tries(3, Duration.ofMillis(100)));
        assertThat(settings.maxUnderWay()).isEqualTo(256);

        store.store("payment.max-tries", "1");
        store.store("payment.delay-between-tries", "1s");
        store.store("payment.retry-delay", "2s");
        store.store("payment.max-under-way", "3");

        assertThat(settings.backOff()).isEqualTo(new BackOff(Duration.ofSeconds(2), Duration.ofSeconds(10)));
        assertThat(settings.tries()).isEqualTo(new Tries(1, Duration.ofSeconds(1)));
        assertThat(settings.maxUnderWay()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "payment.max-tries, 0",
        "payment.max-tries, 11",
        "payment.max-tries, 2.5",
        "payment.max-tries, 100ms",
        "payment.delay-between-tries, 0ms",
        "payment.delay-between-tries, 5001ms",
        "payment.delay-between-tries, soon"
    })
    void keepsTheLastLimitsOfTriesInsteadOfInvalidOnes(String name, String invalid) {
        store.store("payment.max-tries", "2");
        store.store("payment.delay-between-tries", "2s");

        store.store(name, invalid);

        assertThat(settings.tries()).isEqualTo(new Tries(2, Duration.ofSeconds(2)));
    }

    @Test
    void keepsTheLastValueInsteadOfOneThatNeedsMoreConnectionsThanThereAre() {
        store.store("payment.max-under-way", "3");
        store.store("payment.max-under-way", "257");
        assertThat(settings.maxUnderWay()).isEqualTo(3);
    }
}
