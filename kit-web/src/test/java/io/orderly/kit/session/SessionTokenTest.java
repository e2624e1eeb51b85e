package io.orderly.kit.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTokenTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 1L << 40, Long.MAX_VALUE})
    void isReadAsItWasWritten(long revision) {
        SessionToken token = new SessionToken(revision);
        assertThat(SessionToken.of(token.toString())).isEqualTo(token);
        assertThat(token.toString()).hasSize(SessionToken.LENGTH).matches("[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "AQAAAAAAAAA",
                "AQAAAAAAAAAAA",
                "AQAAAAAAAA==",
                "AQAAAAAAAA A",
                "AQAAAAAAAA+/",
                "AgAAAAAAAAAA",
                "Af__________",
                "????????????"
            })
    void refusesEverythingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SessionToken.of(text));
    }

    @Test
    void refusesAVeryLongText() {
        assertThatIllegalArgumentException().isThrownBy(() -> SessionToken.of("A".repeat(8_000)));
    }
}
