package io.orderly.partitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PartitionMapTextTest {

    private static final MemberId A = new MemberId("a");
    private static final MemberId B = new MemberId("b");
    private static final PartitionMap OF_A = Assignment.next(null, Map.of(A, 0L), 3, 5);
    private static final PartitionMap SHARED = Assignment.next(OF_A, Map.of(A, 0L, B, 0L), 3, 9);

    @Test
    void aMapIsReadAsItWasWritten() throws MalformedMapException {
        assertThat(PartitionMapText.read(PartitionMapText.write(SHARED))).isEqualTo(SHARED);
        assertThat(PartitionMapText.write(SHARED))
                .startsWith("orderly-partitions 1\ngeneration 9\nleader 3\n0 owned a 5\n")
                .endsWith("\n63 leaving a 5 9\n");
    }

    @Test
    void theLongestMapIsNotTooLong() throws MalformedMapException {
        MemberId longest = new MemberId("m".repeat(MemberId.MAX_LENGTH));
        Ownership leaving = new Ownership.Leaving(longest, Long.MAX_VALUE - 1, Long.MAX_VALUE);
        PartitionMap map =
                new PartitionMap(Long.MAX_VALUE, Long.MAX_VALUE, Collections.nCopies(PartitionId.COUNT, leaving));
        assertThat(PartitionMapText.read(PartitionMapText.write(map))).isEqualTo(map);
    }

    @Test
    void anUnknownVersionIsRefused() {
        refuses(text -> text.replace("orderly-partitions 1", "orderly-partitions 2"), "first line");
    }

    @Test
    void aMissingPartitionIsRefused() {
        refuses(text -> text.replace("\n7 owned a 5", ""), "lines");
        refuses(text -> text.replace("\n7 owned a 5", "\n64 owned a 5"), "partition 7");
    }

    @Test
    void aPartitionWithTwoOwnersIsRefused() {
        refuses(text -> text.replace("\n7 owned a 5", "\n6 owned b 5"), "partition 7");
        refuses(text -> text.replace("\n7 owned a 5", "\n7 owned a 5\n7 owned b 5"), "lines");
        refuses(text -> text.replace("\n7 owned a 5", "\n7 owned a b 5"), "unknown state");
    }

    @Test
    void anOversizeTextIsRefused() {
        refuses(text -> text + "\n".repeat(PartitionMapText.MAX_LENGTH), "more than");
    }

    @Test
    void numbersThatNoMapHasAreRefused() {
        refuses(text -> text.replace("\n7 owned a 5", "\n7 owned a 10"), "generation 10");
        refuses(text -> text.replace("\n7 owned a 5", "\n7 owned a 0"), "above 0");
        refuses(text -> text.replace("\n7 owned a 5", "\n7 owned a 9223372036854775808"), "");
        refuses(text -> text.replace("\n63 leaving a 5 9", "\n63 leaving a 9 9"), "below");
        refuses(text -> text.replace("leader 3", "leader -3"), "above 0");
    }

    @Test
    void anotherFormOfTheSameMapIsRefused() {
        refuses(text -> text.replace("\n7 owned a 5", "\n7 owned a 05"), "only form");
        refuses(text -> text.replace("generation 9", "generation +9"), "only form");
        refuses(text -> text.replace("\n", "\r\n"), "first line");
        refuses(text -> text.stripTrailing(), "lines");
        refuses(text -> text.stripTrailing() + " ", "lines");
    }

    @Test
    void aMemberIdThatCouldBreakTheTextIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MemberId("a b"));
        assertThatIllegalArgumentException().isThrownBy(() -> new MemberId("a\n"));
        assertThatIllegalArgumentException().isThrownBy(() -> new MemberId(""));
        assertThatIllegalArgumentException().isThrownBy(() -> new MemberId("a".repeat(MemberId.MAX_LENGTH + 1)));
    }

    private static void refuses(UnaryOperator<String> change, String reason) {
        String changed = change.apply(PartitionMapText.write(SHARED));
        assertThat(changed).isNotEqualTo(PartitionMapText.write(SHARED));
        assertThatExceptionOfType(MalformedMapException.class)
                .isThrownBy(() -> PartitionMapText.read(changed))
                .withMessageContaining(reason);
    }
}
