package io.orderly.kit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orderly.coordinator.client.SettingListener;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingDeclarationTest {

    static final SettingDeclaration<Duration> DEADLINE = SettingDeclaration.duration(
            "deadline.charge", Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofHours(1), "of the saga");

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "999ms", "3601s", "-1s", "99999999999999999999s"})
    void refusesDurationsThatAreMalformedOrOutOfRange(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DEADLINE.type().read(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.5", "0", "11", "2147483648"})
    void refusesIntegersThatAreMalformedOrOutOfRange(String text) {
        var limit = SettingDeclaration.integer("limit", 5, 1, 10, "of requests");
        assertThatIllegalArgumentException().isThrownBy(() -> limit.type().read(text));
        assertThat(limit.type().read("10")).isEqualTo(10);
    }

    @Test
    void allowsTheLimits() {
        assertThat(DEADLINE.type().read("1s")).isEqualTo(Duration.ofSeconds(1));
        assertThat(DEADLINE.type().read("1h")).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void refusesAConfiguredValueOutOfRangeAndAMalformedName() {
        assertThatIllegalArgumentException().isThrownBy(() -> SettingDeclaration.integer("limit", 0, 1, 10, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> SettingDeclaration.flag("a/b", true, ""));
    }

    @Test
    void raisesAnAlarmUntilAValidValueIsStored() {
        var alarm = new LiveSetting.Alarm();
        SettingListener<Duration> listener = alarm.listener(DEADLINE);
        listener.onRefused("'soon' is not valid", 5);
        assertThat(alarm.invalid()).isEqualTo(new InvalidValue(5, "'soon' is not valid"));
        listener.onConfirmed(6);
        assertThat(alarm.invalid()).isNull();
        listener.onRefused("'soon' is not valid", 7);
        listener.onChanged(Duration.ofSeconds(60), Duration.ofSeconds(30), 8);
        assertThat(alarm.invalid()).isNull();
    }
}
