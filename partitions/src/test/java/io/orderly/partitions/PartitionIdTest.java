package io.orderly.partitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionIdTest {

    /** The expected values were computed by a separate program. They can never change: rows are stored with them. */
    @ParameterizedTest
    @CsvSource({
        "'', 59",
        "a, 32",
        "b, 27",
        "order-1, 18",
        "order-2, 42",
        "Bestellung-ä, 49",
        "00000000-0000-0000-0000-000000000000, 7",
        "00000000-0000-0000-0000-000000000001, 41",
        "0199a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b, 23",
        "ffffffff-ffff-ffff-ffff-ffffffffffff, 21"
    })
    void theHashOfAKeyNeverChanges(String key, int partition) {
        assertThat(PartitionId.of(key)).isEqualTo(new PartitionId(partition));
    }

    @Test
    void aUuidHasThePartitionOfItsText() {
        UUID key = UUID.fromString("0199A1B2-C3D4-7E5F-8A9B-0C1D2E3F4A5B");
        assertThat(PartitionId.of(key)).isEqualTo(PartitionId.of("0199a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"));
    }

    @Test
    void consecutiveKeysAreSpreadOverAllPartitions() {
        int[] keys = new int[PartitionId.COUNT];
        IntStream.range(0, 64_000)
                .forEach(i ->
                        keys[PartitionId.of(new UUID(0x0199_0000_0000_7000L, i)).value()]++);
        assertThat(IntStream.of(keys)).allSatisfy(count -> assertThat(count).isBetween(850, 1150));
    }

    @Test
    void thereAreNoPartitionsBeyondTheLast() {
        assertThat(PartitionId.all()).hasSize(PartitionId.COUNT);
        assertThatIllegalArgumentException().isThrownBy(() -> new PartitionId(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new PartitionId(PartitionId.COUNT));
    }
}
