package io.orderly.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
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

    @Test
    void theAddressOfATraceIsAUrlWithItsId() {
        String url = "https://traces.example/trace/{traceId}?view=all";
        assertThat(bind("trace-url", url).traceUrl()).isEqualTo(url);
        for (String other : List.of(
                "javascript:alert('{traceId}')",
                "//traces.example/{traceId}",
                "https://traces.example/",
                "https://traces example/{traceId}",
                "{traceId}")) {
            assertThatThrownBy(() -> bind("trace-url", other))
                    .as(other)
                    .hasStackTraceContaining("must be an http or https URL with {traceId}");
        }
    }

    private static ConsoleProperties bind(String name, String value) {
        return new Binder(new MapConfigurationPropertySource(Map.of("orderly.console." + name, value)))
                .bind("orderly.console", ConsoleProperties.class)
                .get();
    }
}
