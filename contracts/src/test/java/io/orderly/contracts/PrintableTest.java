package io.orderly.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "order-1", "  spaces  stay ", "Łódź 東京 🚚", "C:\\temp", "\\u000a"})
    void doesNotChangePlainText(String text) {
        assertThat(Printable.of(text, 100)).isEqualTo(text);
    }

    @Test
    void returnsNullAsAWordForNoText() {
        assertThat(Printable.of(null, 100)).isEqualTo("null");
    }

    @Test
    void escapesLineBreaksAndControlCharacters() {
        assertThat(Printable.of("a\r\nERROR b", 100)).isEqualTo("a\\u000d\\u000aERROR b");
        assertThat(Printable.of("\u001b[2J\t\0\u007f\u0085", 100)).isEqualTo("\\u001b[2J\\u0009\\u0000\\u007f\\u0085");
        assertThat(Printable.of("\u2028\u2029", 100)).isEqualTo("\\u2028\\u2029");
    }

    @Test
    void escapesBidirectionalAndInvisibleCharacters() {
        assertThat(Printable.of("\u202eabc\u2066\u200b\ufeff", 100)).isEqualTo("\\u202eabc\\u2066\\u200b\\ufeff");
        assertThat(Printable.of(Character.toString(0xe0041), 100)).isEqualTo("\\udb40\\udc41");
    }

    @Test
    void escapesUnpairedSurrogatesAndUnassignedCharacters() {
        assertThat(Printable.of("a\ud83dz\ude00", 100)).isEqualTo("a\\ud83dz\\ude00");
        assertThat(Printable.of("\uffff\u0378\ue000", 100)).isEqualTo("\\uffff\\u0378\\ue000");
    }

    @Test
    void truncatesLongText() {
        assertThat(Printable.of("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Printable.of("abcdefg", 6)).isEqualTo("abcde…");
        assertThat(Printable.of("🚚🚚🚚🚚", 3)).isEqualTo("🚚🚚…");
        assertThat(Printable.of("x".repeat(50_000), 1)).isEqualTo("…");
    }

    @Test
    void doesNotTruncateWithinAnEscape() {
        assertThat(Printable.of("abc\0", 9)).isEqualTo("abc\\u0000");
        assertThat(Printable.of("abc\0", 8)).isEqualTo("abc…");
        assertThat(Printable.of("abc\0d", 9)).isEqualTo("abc…");
    }

    @Test
    void isIdempotent() {
        String once = Printable.of("a\nb\0" + "c".repeat(100), 20);

        assertThat(Printable.of(once, 20)).isEqualTo(once);
    }

    @Test
    void requiresRoomForTheEllipsis() {
        assertThatIllegalArgumentException().isThrownBy(() -> Printable.of("a", 0));
    }
}
