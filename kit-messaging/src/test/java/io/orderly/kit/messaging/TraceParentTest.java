package io.orderly.kit.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String VALID = "00-" + TRACE + "-" + SPAN + "-01";

    @Test
    void parsesTraceAndSpan() {
        assertThat(TraceParent.parse(VALID)).isEqualTo(new TraceParent(TRACE, SPAN, true));
        assertThat(TraceParent.toHeader(TraceParent.parse(VALID))).isEqualTo(VALID);
    }

    /** The header is propagated as version 00, with the only flag of that version. */
    @ParameterizedTest
    @CsvSource({"00,ff,'',01", "00,02,'',00", "01,01,'',01", "cc,01,'-what-the-future-brings',01", "fe,00,'-',00"})
    void parsesTheKnownFieldsOfLaterVersionsAndIgnoresUnknownFlags(
            String version, String flags, String more, String sentFlags) {
        TraceParent read = TraceParent.parse(version + "-" + TRACE + "-" + SPAN + "-" + flags + more);

        assertThat(TraceParent.toHeader(read)).isEqualTo("00-" + TRACE + "-" + SPAN + "-" + sentFlags);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-\0bc-1",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "0-" + TRACE + "-" + SPAN + "-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
                "00-" + TRACE + "0-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN,
                "00-" + TRACE + "-" + SPAN + "-1",
                "00-" + TRACE + "-" + SPAN + "-0g",
                VALID + "-",
                VALID + "-more",
                VALID + "\n",
                " " + VALID,
                "01-" + TRACE + "-" + SPAN + "-01.more"
            })
    void ignoresAnInvalidHeader(String header) {
        assertThat(TraceParent.parse(header)).isNull();
    }

    @Test
    void treatsAMissingHeaderAsNoTrace() {
        assertThat(TraceParent.parse(null)).isNull();
        assertThat(TraceParent.toHeader(null)).isNull();
    }

    @Test
    void rejectsInvalidIds() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TraceParent("0".repeat(32), SPAN, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new TraceParent(TRACE, "17", true));
    }
}
