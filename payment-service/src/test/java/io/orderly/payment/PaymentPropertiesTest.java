package io.orderly.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.contracts.Money;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PaymentPropertiesTest {

    @Test
    void defaultsApplyWithoutConfiguration() {
        var settings = bind(Map.of());

        assertThat(settings.openingBalanceOf("alice")).isEqualTo(Money.euros("1000000.00"));
        assertThat(settings.openingBalanceOf("broke")).isEqualTo(Money.euros("0.00"));
        assertThat(settings.provider().url()).hasToString("http://localhost:8084");
    }

    @ParameterizedTest
    @CsvSource({
        "opening-balance, -0.01",
        "opening-balance, 0.001",
        "opening-balances.alice, -1",
        "currency, euro",
        "sweep-interval, 0s",
        "claim, -1s"
    })
    void invalidValuesAreRejected(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("orderly.payment." + name, value)))
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    private static PaymentProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("orderly.payment", PaymentProperties.class);
    }
}
