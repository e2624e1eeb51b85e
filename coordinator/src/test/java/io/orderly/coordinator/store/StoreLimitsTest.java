package io.orderly.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.store.StoreCommand.DeleteRange;
import io.orderly.coordinator.store.StoreCommand.Put;
import io.orderly.coordinator.store.StoreCommand.Txn;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands beyond a limit are refused; commands that free space never are. */
class StoreLimitsTest {

    private static final StoreLimits LIMITS = new StoreLimits(100_000, 20, 2_000, 8, 3, 1_000, 60_000, 2, 3, 100, 500);

    private final Store store = new Store(new StoreListener() {}, LIMITS, 1);

    private static Bytes key(int number) {
        return Bytes.utf8("k" + number);
    }

    private static Bytes value(int size) {
        return Bytes.of(new byte[size]);
    }

    private StoreRefusal refusal(StoreCommand command) {
        return ((StoreResponse.Refused) store.apply(command)).refusal();
    }

    private int fill() {
        int count = 0;
        while (store.apply(Put.of(key(count % 10), value(1_000))) instanceof StoreResponse.Put) {
            count++;
        }
        return count;
    }

    @Test
    void refusesCommandsThatDoNotFitAndAcceptsThoseThatDo() {
        int count = fill();
        assertThat(count).isBetween(70, 80);
        assertThat(store.now().sizeInBytes()).isLessThanOrEqualTo(100_000);
        assertThat(refusal(Put.of(key(0), value(1_000)))).isInstanceOf(StoreRefusal.StoreFull.class);
        Txn tooMuch = new Txn(
                List.of(),
                List.of(Put.of(key(50), value(300)), Put.of(key(51), value(300)), Put.of(key(52), value(2_000))),
                List.of());
        long hash = store.now().hash();
        assertThat(refusal(tooMuch)).isInstanceOf(StoreRefusal.StoreFull.class);
        assertThat(store.now().hash()).isEqualTo(hash);
    }

    @Test
    void makesRoomWhenFull() {
        store.apply(new StoreCommand.LeaseGrant(1, 60_000));
        store.apply(Put.of(key(99), value(10), 1));
        fill();
        assertThat(refusal(Put.of(key(0), value(1_000)))).isInstanceOf(StoreRefusal.StoreFull.class);
        assertThat(store.apply(new DeleteRange(KeyRange.of(key(0)), false)))
                .isEqualTo(new StoreResponse.DeleteRange(store.now().revision(), 1, List.of()));
        Txn deletes = new Txn(List.of(), List.of(DeleteRange.of(key(1)), DeleteRange.of(key(2))), List.of());
        assertThat(store.apply(deletes)).isInstanceOf(StoreResponse.Txn.class);
        assertThat(store.apply(new StoreCommand.LeaseRevoke(1))).isInstanceOf(StoreResponse.Done.class);
        assertThat(store.now().get(key(99))).isNull();
        store.apply(new StoreCommand.Compact(store.now().revision()));
        assertThat(store.apply(Put.of(key(0), value(1_000))))
                .as("a put that requires space sweeps compacted events, even if few were swept before")
                .isInstanceOf(StoreResponse.Put.class);
    }

    @Test
    void isEmptyAfterEverythingIsDeletedAndCompacted() {
        for (int round = 0; round < 5; round++) {
            fill();
            store.apply(new DeleteRange(KeyRange.ALL, false));
            store.apply(new StoreCommand.Compact(store.now().revision()));
            store.apply(Put.of(key(0), value(2_000)));
            store.apply(DeleteRange.of(key(0)));
            store.apply(new StoreCommand.Compact(store.now().revision()));
            for (int i = 0; i < 5; i++) {
                store.apply(new StoreCommand.RaiseTimestampBound(1));
            }
            assertThat(store.now().sizeInBytes()).isLessThan(1_000);
            assertThat(store.snapshot().keyspace.histories()).isExhausted();
        }
    }

    @Test
    void refusesKeysAndValuesThatAreTooLarge() {
        assertThat(refusal(Put.of(Bytes.of(new byte[21]), value(1)))).isEqualTo(new StoreRefusal.KeyTooLarge(21, 20));
        assertThat(refusal(Put.of(key(1), value(2_001)))).isEqualTo(new StoreRefusal.ValueTooLarge(2_001, 2_000));
    }

    @Test
    void refusesLeasesAndSessionsBeyondTheLimit() {
        for (int id = 1; id <= 3; id++) {
            store.apply(new StoreCommand.LeaseGrant(id, 60_000));
        }
        assertThat(refusal(new StoreCommand.LeaseGrant(4, 60_000))).isEqualTo(new StoreRefusal.TooManyLeases(3));
        store.apply(new StoreCommand.SessionOpen(1));
        store.apply(new StoreCommand.SessionOpen(2));
        assertThat(refusal(new StoreCommand.SessionOpen(3))).isEqualTo(new StoreRefusal.TooManySessions(2));
        store.apply(new StoreCommand.LeaseRevoke(1));
        assertThat(store.apply(new StoreCommand.SessionOpen(3))).isInstanceOf(StoreResponse.Done.class);
        assertThat(store.apply(new StoreCommand.LeaseGrant(4, 10)))
                .as("a shorter lease is granted with the minimum time to live")
                .isEqualTo(new StoreResponse.LeaseGranted(1, 4, 1_000));
        assertThat(refusal(new StoreCommand.LeaseGrant(5, 60_001))).isEqualTo(new StoreRefusal.InvalidLeaseTtl(60_001));
        assertThat(refusal(new StoreCommand.LeaseGrant(0, 60_000))).isInstanceOf(StoreRefusal.Malformed.class);
    }
}
