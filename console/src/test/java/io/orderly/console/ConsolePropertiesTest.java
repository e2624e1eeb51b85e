package io.orderly.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ConsolePropertiesTest {

    @Test
    void faultsAreInjectedOnThisMachineOnly() {
        assertThat(bind("faults", "http://127.0.0.1:8091").faults()).isEqualTo(URI.create("http://127.0.0.1:8091"));
        assertThatThrownBy(() -> bind("faults", "http://10.0.0.1:8091"))
                .hasStackTraceContaining("must be a URL of this machine");
    }

    private static ConsoleProperties bind(String name, String value) {
        return new Binder(new MapConfigurationPropertySource(Map.of("orderly.console." + name, value)))
                .bind("orderly.console", ConsoleProperties.class)
                .get();
    }
}
