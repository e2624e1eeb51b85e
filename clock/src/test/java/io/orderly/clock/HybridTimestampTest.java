package io.orderly.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HybridTimestampTest {

    @Test
    void parsesAnInstantAndACounter() {
        var timestamp = HybridTimestamp.parse("2026-11-23T04:30:00.123Z#0005");

        assertThat(timestamp.toInstant()).isEqualTo("2026-11-23T04:30:00.123Z");
        assertThat(timestamp.counter()).isEqualTo(5);
    }

    @Test
    void itsTextAlwaysHasThreeFractionDigitsAndFourHexDigits() {
        assertThat(HybridTimestamp.MIN).hasToString("1970-01-01T00:00:00.000Z#0000");
        assertThat(new HybridTimestamp(1_000, 0xabcd)).hasToString("1970-01-01T00:00:01.000Z#abcd");
        assertThat(HybridTimestamp.MAX).hasToString("6429-10-17T02:45:55.327Z#ffff");
    }

    @Test
    void usesTheWholeRangeOfNonNegativeLongs() {
        assertThat(HybridTimestamp.MIN.toLong()).isZero();
        assertThat(HybridTimestamp.MAX.toLong()).isEqualTo(Long.MAX_VALUE);
    }

    @Property
    void isUnchangedByConversionToLongAndToTextAndBack(@ForAll("timestamps") HybridTimestamp timestamp) {
        assertThat(HybridTimestamp.fromLong(timestamp.toLong())).isEqualTo(timestamp);
        assertThat(HybridTimestamp.parse(timestamp.toString())).isEqualTo(timestamp);
    }

    @Property
    void sortsTheSameInEveryForm(@ForAll("timestamps") HybridTimestamp one, @ForAll("timestamps") HybridTimestamp two) {
        var byComponents = one.physicalMillis() != two.physicalMillis()
                ? Long.compare(one.physicalMillis(), two.physicalMillis())
                : Integer.compare(one.counter(), two.counter());

        assertThat(Integer.signum(one.compareTo(two))).isEqualTo(byComponents);
        assertThat(Long.compare(one.toLong(), two.toLong())).isEqualTo(byComponents);
        assertThat(Integer.signum(one.toString().compareTo(two.toString()))).isEqualTo(byComponents);
        assertThat(one.equals(two)).isEqualTo(byComponents == 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "#",
                "now",
                "2026-11-23T04:30:00.123Z",
                "2026-11-23T04:30:00.123Z#",
                "2026-11-23T04:30:00.123Z#005",
                "2026-11-23T04:30:00.123Z#00005",
                "2026-11-23T04:30:00.123Z#00g5",
                "2026-11-23T04:30:00.123Z#-005",
                "2026-11-23T04:30:00.123Z#00AB",
                "2026-11-23T04:30:00.123Z 0005",
                " 2026-11-23T04:30:00.12Z#0005",
                "2026-11-23T04:30:00.12Z#0005",
                "2026-11-23T04:30:00Z#0005",
                "2026-11-23t04:30:00.123z#0005",
                "2026-11-23T04:30:00.123+00#05",
                "2026-11-23T24:00:00.000Z#0005",
                "2026-12-31T23:59:60.000Z#0005",
                "2026-02-30T04:30:00.123Z#0005",
                "2026-13-23T04:30:00.123Z#0005",
                "1969-12-31T23:59:59.999Z#0000",
                "6429-10-17T02:45:55.328Z#0000",
                "9999-12-31T23:59:59.999Z#0000",
                "２026-11-23T04:30:00.123Z#0005"
            })
    void rejectsEveryOtherText(String text) {
        assertThatThrownBy(() -> HybridTimestamp.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("2026-11-23T04:30:00.123Z#0005");
    }

    @Test
    void truncatesALongTextInTheErrorMessage() {
        assertThatThrownBy(() -> HybridTimestamp.parse("9".repeat(1_000_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }

    @Test
    void rejectsComponentsOutOfRange() {
        assertThatThrownBy(() -> new HybridTimestamp(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HybridTimestamp(HybridTimestamp.MAX_PHYSICAL_MILLIS + 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HybridTimestamp(0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HybridTimestamp(0, 0x10000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HybridTimestamp.fromLong(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<HybridTimestamp> timestamps() {
        // Also a few adjacent milliseconds, so that some pairs differ only in the counter.
        var millis = Arbitraries.oneOf(
                Arbitraries.longs().between(0, HybridTimestamp.MAX_PHYSICAL_MILLIS),
                Arbitraries.longs().between(1_795_408_200_000L, 1_795_408_200_002L));
        return Combinators.combine(millis, Arbitraries.integers().between(0, HybridTimestamp.MAX_COUNTER))
                .as(HybridTimestamp::new);
    }
}
