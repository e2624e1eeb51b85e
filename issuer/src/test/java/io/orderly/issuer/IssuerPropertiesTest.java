package io.orderly.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.issuer.IssuerProperties.Client;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

/** What the issuer does not start with. */
class IssuerPropertiesTest {

    private static final String SECRET = "a-secret-of-many-characters";

    @Test
    void aSecretCannotBeGuessedAndIsNotShown() {
        assertThatThrownBy(() -> new Client(Set.of("operate"), "guessed"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("guessed");
        assertThatThrownBy(() -> new Client(Set.of("operate"), null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Client(Set.of(), SECRET)).isInstanceOf(IllegalArgumentException.class);
        assertThat(properties()).asString().contains("operate").doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void otherMachinesCannotReachIt(String address) {
        var environment = new MockEnvironment().withProperty("server.address", address);
        assertThatThrownBy(() -> new IssuerConfiguration(properties(), environment))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("local use");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void thisMachineCan(String address) {
        var environment = new MockEnvironment().withProperty("server.address", address);
        assertThatCode(() -> new IssuerConfiguration(properties(), environment)).doesNotThrowAnyException();
    }

    private static IssuerProperties properties() {
        return new IssuerProperties(
                URI.create("http://127.0.0.1:8092"),
                "orderly",
                Duration.ofMinutes(15),
                Map.of("operator", new Client(Set.of("operate"), SECRET)));
    }
}
