package io.orderly.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.store.StoreCommand.InSession;
import io.orderly.coordinator.store.StoreCommand.Put;
import io.orderly.coordinator.store.StoreCommand.Txn;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionTest {

    private static final Bytes COUNTER = Bytes.utf8("counter");
    private static final StoreLimits LIMITS =
            new StoreLimits(1 << 20, 100, 10_000, 8, 10, 1_000, 60_000, 10, 3, 200, 1_000);

    private final Store store = new Store(new StoreListener() {}, LIMITS);

    @BeforeEach
    void open() {
        store.apply(new StoreCommand.LeaseGrant(1, 60_000));
        store.apply(new StoreCommand.SessionOpen(1));
    }

    private StoreResponse ask(long sequence, long acknowledgedBelow, StoreCommand command) {
        return store.apply(new InSession(1, sequence, acknowledgedBelow, command));
    }

    private StoreResponse append(long sequence, long acknowledgedBelow) {
        return ask(sequence, acknowledgedBelow, new Put(COUNTER, Bytes.utf8("x" + sequence), 0, false, false, true));
    }

    private long version() {
        KeyValue counter = store.now().get(COUNTER);
        return counter == null ? 0 : counter.version();
    }

    private static StoreRefusal refusal(StoreResponse answer) {
        return ((StoreResponse.Refused) answer).refusal();
    }

    @Test
    void aRepeatedCommandTakesEffectOnceAndHasTheSameResponse() {
        StoreResponse first = append(1, 1);
        StoreResponse second = append(2, 1);
        store.apply(Put.of(COUNTER, Bytes.utf8("another client")));
        assertThat(append(1, 1)).isEqualTo(first);
        assertThat(append(2, 1)).isEqualTo(second);
        assertThat(version()).isEqualTo(3);
    }

    @Test
    void aRefusalIsKeptAsAResponse() {
        StoreResponse first = ask(1, 1, Put.of(COUNTER, Bytes.EMPTY, 7));
        store.apply(new StoreCommand.LeaseGrant(7, 60_000));
        assertThat(ask(1, 1, Put.of(COUNTER, Bytes.EMPTY, 7))).isEqualTo(first);
        assertThat(version()).isZero();
    }

    @Test
    void aLateDuplicateHasNoEffectOnceItsResponseIsAcknowledged() {
        append(1, 1);
        append(2, 2);
        assertThat(refusal(append(1, 1))).isEqualTo(new StoreRefusal.AlreadyAcknowledged(2));
        assertThat(version()).isEqualTo(2);
    }

    @Test
    void commandsMayOvertakeEachOther() {
        append(3, 1);
        append(1, 1);
        append(2, 1);
        append(3, 1);
        assertThat(version()).isEqualTo(3);
    }

    @Test
    void theWindowIsBounded() {
        append(1, 1);
        append(2, 1);
        append(3, 1);
        assertThat(refusal(append(4, 1))).isEqualTo(new StoreRefusal.SessionWindowFull(3));
        assertThat(append(2, 1)).isInstanceOf(StoreResponse.Put.class);
        assertThat(append(4, 2)).isInstanceOf(StoreResponse.Put.class);
        assertThat(version()).isEqualTo(4);
    }

    @Test
    void aLargeResponseIsNotKeptButTheCommandIsNotExecutedAgain() {
        store.apply(Put.of(Bytes.utf8("large"), Bytes.of(new byte[5_000])));
        Txn readAndWrite = new Txn(
                List.of(), List.of(Operation.Range.of(Bytes.utf8("large")), Put.of(COUNTER, Bytes.EMPTY)), List.of());
        assertThat(ask(1, 1, readAndWrite)).isInstanceOf(StoreResponse.Txn.class);
        assertThat(ask(1, 1, readAndWrite))
                .isEqualTo(new StoreResponse.ResponseNotKept(store.now().revision()));
        assertThat(version()).isEqualTo(1);
    }

    @Test
    void aSessionEndsWithItsLease() {
        append(1, 1);
        store.apply(new StoreCommand.LeaseTakeOver(new Ballot(1, 1)));
        store.apply(new StoreCommand.LeaseExpire(new Ballot(1, 1), List.of(1L)));
        assertThat(store.now().hasSession(1)).isFalse();
        assertThat(refusal(append(1, 1))).isEqualTo(new StoreRefusal.SessionNotFound(1));
        assertThat(version()).isEqualTo(1);
    }

    @Test
    void aSessionCanBeClosed() {
        assertThat(ask(1, 1, new StoreCommand.LeaseRevoke(1))).isInstanceOf(StoreResponse.Done.class);
        assertThat(store.now().hasSession(1)).isFalse();
        assertThat(store.now().hash()).isEqualTo(RecomputedTotals.hash(store.snapshot()));
    }
}
