package io.orderly.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.store.StoreCommand.DeleteRange;
import io.orderly.coordinator.store.StoreCommand.Put;
import io.orderly.coordinator.store.StoreCommand.Txn;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** No command over a million keys blocks the applying thread for long: its work is limited, counted in steps of about 50 nanoseconds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MillionKeysTest {

    private static final int KEYS = 1_000_000;
    private static final long STEPS_IN_100_MILLISECONDS = 2_000_000;
    private static final Operation.Range ALL = Operation.Range.of(KeyRange.ALL);

    private final Store store = new Store(new StoreListener() {}, limits());

    private static StoreLimits limits() {
        StoreLimits d = StoreLimits.DEFAULTS;
        return new StoreLimits(
                4L << 30,
                d.maxKeyBytes(),
                d.maxValueBytes(),
                d.maxOperations(),
                d.maxLeases(),
                d.minLeaseTtlMillis(),
                d.maxLeaseTtlMillis(),
                d.maxSessions(),
                d.maxSessionWindow(),
                d.maxKeptAnswerBytes(),
                d.maxKeptBytes());
    }

    private static Bytes key(int number) {
        return Bytes.utf8("k%07d".formatted(number));
    }

    @BeforeAll
    void fill() {
        for (int i = 0; i < KEYS; i++) {
            store.apply(Put.of(key(i), Bytes.EMPTY));
        }
    }

    private StoreResponse apply(StoreCommand command) {
        long hash = store.now().hash();
        StoreResponse response = store.apply(command);
        assertThat(store.steps()).isLessThanOrEqualTo(STEPS_IN_100_MILLISECONDS);
        if (response instanceof StoreResponse.Refused) {
            assertThat(store.now().hash())
                    .as("a refused command changes nothing")
                    .isEqualTo(hash);
        }
        return response;
    }

    private static void assertTooMuchWork(StoreResponse response) {
        assertThat(response)
                .isInstanceOfSatisfying(
                        StoreResponse.Refused.class,
                        refused -> assertThat(refused.refusal())
                                .isEqualTo(new StoreRefusal.TooMuchWork(STEPS_IN_100_MILLISECONDS)));
    }

    private static Txn txn(List<Operation> operations) {
        return new Txn(List.of(), operations, List.of());
    }

    @Test
    void aTransactionMayReadAllKeysOnce() {
        assertThat(apply(txn(List.of(ALL)))).isInstanceOf(StoreResponse.Txn.class);
    }

    @Test
    void aTransactionThatReadsAllKeysManyTimesIsRefused() {
        assertTooMuchWork(apply(txn(Collections.nCopies(100, ALL))));
    }

    /** The response contains the number of all keys in the range, so each of them is visited. */
    @Test
    void aLimitDoesNotReduceTheWorkOfARead() {
        Operation.Range limited = new Operation.Range(KeyRange.ALL, RangeOptions.DEFAULTS.withLimit(1_000));
        assertTooMuchWork(apply(txn(List.of(limited, limited))));
    }

    @Test
    void anEndOfTheRangeReducesTheWorkOfARead() {
        Operation.Range part = Operation.Range.of(new KeyRange(key(0), key(1_000)));
        assertThat(apply(txn(Collections.nCopies(100, part)))).isInstanceOf(StoreResponse.Txn.class);
    }

    @Test
    void aTransactionThatComparesAllKeysManyTimesIsRefused() {
        Compare compare = new Compare(KeyRange.ALL, Compare.Relation.GREATER, new Compare.Operand.Version(0));
        assertTooMuchWork(apply(new Txn(Collections.nCopies(100, compare), List.of(), List.of())));
    }

    @Test
    void aDeletionOfAllKeysIsRefused() {
        assertTooMuchWork(apply(new DeleteRange(KeyRange.ALL, false)));
        assertTooMuchWork(apply(txn(List.of(new DeleteRange(KeyRange.ALL, true)))));
    }

    @Test
    void aTransactionThatSortsAllKeysIsRefused() {
        Operation.Range sorted = new Operation.Range(
                KeyRange.ALL,
                RangeOptions.DEFAULTS.withSort(new Sort(Sort.Field.VALUE, true)).withLimit(1));
        assertTooMuchWork(apply(txn(List.of(sorted))));
        assertTooMuchWork(store.now().range(sorted));
    }

    @Test
    void aDeletionOfManyKeysCanBeSplit() {
        int part = 40_000;
        assertThat(apply(new DeleteRange(new KeyRange(key(0), key(part)), false)))
                .isInstanceOfSatisfying(
                        StoreResponse.DeleteRange.class,
                        response -> assertThat(response.deleted()).isEqualTo(part));
        for (int i = 0; i < part; i++) {
            store.apply(Put.of(key(i), Bytes.EMPTY));
        }
    }
}
