package io.orderly.partitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PartitionMapTextPropertyTest {

    private static final PartitionMap MAP =
            Assignment.next(null, Map.of(new MemberId("a"), 0L, new MemberId("b"), 0L), 3, 5);

    @Property(tries = 300)
    void aTextThatDiffersInOneCharacterIsNotReadAsTheSameMap(
            @ForAll @IntRange(max = 1000) int position, @ForAll char character) {
        String text = PartitionMapText.write(MAP);
        int at = position % text.length();
        String changed = text.substring(0, at) + character + text.substring(at + 1);
        if (changed.equals(text)) {
            return;
        }
        try {
            assertThat(PartitionMapText.read(changed)).isNotEqualTo(MAP);
        } catch (MalformedMapException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }
}
