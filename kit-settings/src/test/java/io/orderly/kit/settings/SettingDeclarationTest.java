package io.orderly.kit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingDeclarationTest {

    static final SettingDeclaration<Duration> DEADLINE = SettingDeclaration.duration(
            "deadline.charge", Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofHours(1), "of the saga");

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "999ms", "3601s", "-1s", "99999999999999999999s"})
    void refusesDurationsThatAreMalformedOrOutOfRange(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DEADLINE.reader().apply(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.5", "0", "11", "2147483648"})
    void refusesIntegersThatAreMalformedOrOutOfRange(String text) {
        var limit = SettingDeclaration.integer("limit", 5, 1, 10, "of requests");
        assertThatIllegalArgumentException().isThrownBy(() -> limit.reader().apply(text));
        assertThat(limit.reader().apply("10")).isEqualTo(10);
    }

    @Test
    void allowsTheLimits() {
        assertThat(DEADLINE.reader().apply("1s")).isEqualTo(Duration.ofSeconds(1));
        assertThat(DEADLINE.reader().apply("1h")).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void writesDurationsInTheLargestUnitAndReadsThemAgain() {
        assertThat(DEADLINE.range()).isEqualTo("1s to 1h");
        for (String text : List.of("1500ms", "90s", "2m", "1h")) {
            assertThat(DEADLINE.writer().apply(DEADLINE.reader().apply(text))).isEqualTo(text);
        }
        assertThat(SettingDeclaration.duration("pause", Duration.ZERO, Duration.ZERO, Duration.ofDays(1), "")
                        .range())
                .isEqualTo("0ms to 24h");
    }

    @Test
    void refusesAConfiguredValueOutOfRangeAndAMalformedName() {
        assertThatIllegalArgumentException().isThrownBy(() -> SettingDeclaration.integer("limit", 0, 1, 10, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> SettingDeclaration.flag("a/b", true, ""));
    }
}
