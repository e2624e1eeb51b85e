package io.orderly.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.store.StoreCommand.DeleteRange;
import io.orderly.coordinator.store.StoreCommand.Put;
import io.orderly.coordinator.store.StoreCommand.Txn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of etcd for revisions and transactions. */
class TxnTest {

    private static final Bytes A = Bytes.utf8("a");
    private static final Bytes B = Bytes.utf8("b");
    private static final Bytes ONE = Bytes.utf8("1");
    private static final Bytes TWO = Bytes.utf8("2");

    private final List<Revision> revisions = new ArrayList<>();
    private final Store store = new Store(new StoreListener() {
        @Override
        public void revised(Revision revision) {
            revisions.add(revision);
        }
    });

    private static Txn txn(Operation... operations) {
        return new Txn(List.of(), List.of(operations), List.of());
    }

    private StoreResponse.Txn succeeds(Txn txn) {
        return (StoreResponse.Txn) store.apply(txn);
    }

    private StoreRefusal refusal(StoreCommand command) {
        long hash = store.now().hash();
        StoreResponse answer = store.apply(command);
        assertThat(answer).isInstanceOf(StoreResponse.Refused.class);
        assertThat(store.now().hash()).as("a refused command changes nothing").isEqualTo(hash);
        return ((StoreResponse.Refused) answer).refusal();
    }

    @Test
    void theFirstWriteIsRevisionTwo() {
        assertThat(store.now().revision()).isEqualTo(1);
        assertThat(store.apply(Put.of(A, ONE))).isEqualTo(new StoreResponse.Put(2, null));
        assertThat(store.now().get(A)).isEqualTo(new KeyValue(A, ONE, 2, 2, 1, 0));
    }

    @Test
    void aPutAfterADeleteIsVersionOneAgain() {
        store.apply(Put.of(A, ONE));
        store.apply(Put.of(A, TWO));
        store.apply(DeleteRange.of(A));
        store.apply(Put.of(A, ONE));
        assertThat(store.now().get(A)).isEqualTo(new KeyValue(A, ONE, 5, 5, 1, 0));
    }

    @Test
    void aCommandThatWritesNothingMakesNoRevision() {
        store.apply(DeleteRange.of(A));
        succeeds(txn(Operation.Range.of(A), DeleteRange.of(A)));
        assertThat(store.now().revision()).isEqualTo(1);
        assertThat(revisions).isEmpty();
    }

    @Test
    void aTransactionIsOneRevisionAndItsEventsHaveAnOrder() {
        store.apply(Put.of(B, ONE));
        succeeds(txn(Put.of(A, TWO), DeleteRange.of(B), Put.of(Bytes.utf8("0"), ONE)));
        assertThat(store.now().revision()).isEqualTo(3);
        assertThat(revisions.getLast().events().stream().map(KeyEvent::key)).containsExactly(A, B, Bytes.utf8("0"));
    }

    @Test
    void readsInATransactionSeeItsOwnWritesUnlessTheyAskForARevision() {
        store.apply(Put.of(A, ONE));
        StoreResponse.Txn answer = succeeds(txn(
                Put.of(A, TWO),
                Operation.Range.of(A),
                new Operation.Range(KeyRange.of(A), RangeOptions.at(2)),
                txn(Operation.Range.of(A))));
        assertThat(((StoreResponse.Range) answer.answers().get(1)).keyValues())
                .containsExactly(new KeyValue(A, TWO, 2, 3, 2, 0));
        assertThat(((StoreResponse.Range) answer.answers().get(2)).keyValues())
                .containsExactly(new KeyValue(A, ONE, 2, 2, 1, 0));
        StoreResponse.Txn inner = (StoreResponse.Txn) answer.answers().get(3);
        assertThat(((StoreResponse.Range) inner.answers().getFirst()).keyValues())
                .containsExactly(new KeyValue(A, TWO, 2, 3, 2, 0));
    }

    @Test
    void comparesOfInnerTransactionsSeeTheStateBeforeTheOuterOne() {
        Txn inner = new Txn(List.of(Compare.exists(A)), List.of(Put.of(B, ONE)), List.of(Put.of(B, TWO)));
        succeeds(txn(Put.of(A, ONE), inner));
        assertThat(store.now().get(B)).extracting(KeyValue::value).isEqualTo(TWO);
    }

    @Test
    void aKeyIsWrittenOnceInATransaction() {
        assertThat(refusal(txn(Put.of(A, ONE), Put.of(A, TWO)))).isEqualTo(new StoreRefusal.DuplicateKey(A));
        assertThat(refusal(txn(Put.of(A, ONE), new DeleteRange(KeyRange.ALL, false))))
                .isEqualTo(new StoreRefusal.DuplicateKey(A));
        assertThat(refusal(txn(Put.of(A, ONE), txn(Put.of(A, TWO))))).isEqualTo(new StoreRefusal.DuplicateKey(A));
        Txn never = new Txn(List.of(), List.of(), List.of(Put.of(A, ONE), Put.of(A, ONE)));
        assertThat(refusal(never))
                .as("operations that are not executed are counted, too")
                .isEqualTo(new StoreRefusal.DuplicateKey(A));
        succeeds(txn(new Txn(List.of(), List.of(Put.of(A, ONE)), List.of(Put.of(A, TWO)))));
        succeeds(txn(DeleteRange.of(A), new DeleteRange(KeyRange.ALL, false)));
    }

    @Test
    void acceptsOperationsUpToTheLimit() {
        Operation read = Operation.Range.of(A);
        Txn most = new Txn(List.of(), Collections.nCopies(128, read), List.of());
        assertThat(succeeds(most).answers()).hasSize(128);
        assertThat(refusal(new Txn(List.of(), Collections.nCopies(129, read), List.of())))
                .isEqualTo(new StoreRefusal.TooManyOperations(128));
        assertThat(refusal(txn(most, most, most, most))).isEqualTo(new StoreRefusal.TooManyOperations(128));
        Txn deep = txn(read);
        for (int i = 0; i < TxnRules.MAX_DEPTH; i++) {
            deep = txn(deep);
        }
        assertThat(refusal(deep)).isInstanceOf(StoreRefusal.Malformed.class);
    }

    @Test
    void aTransactionIsRefusedAsAWhole() {
        assertThat(refusal(txn(Put.of(A, ONE), Put.of(B, ONE, 77)))).isEqualTo(new StoreRefusal.LeaseNotFound(77));
        assertThat(refusal(txn(Put.of(A, ONE), new Put(B, Bytes.EMPTY, 0, true, false, false))))
                .isEqualTo(new StoreRefusal.KeyNotFound(B));
        assertThat(refusal(txn(Put.of(A, ONE), new Operation.Range(KeyRange.ALL, RangeOptions.at(2)))))
                .isEqualTo(new StoreRefusal.FutureRevision(2, 1));
        assertThat(refusal(txn(Put.of(A, ONE), Put.of(Bytes.EMPTY, ONE)))).isEqualTo(new StoreRefusal.EmptyKey());
        assertThat(refusal(new Put(A, ONE, 0, true, false, false))).isEqualTo(new StoreRefusal.ValueOrLeaseGiven());
    }

    @Test
    void aReadOfACompactedRevisionNamesTheFirstReadableOne() {
        for (int i = 0; i < 5; i++) {
            store.apply(Put.of(A, ONE));
        }
        assertThat(refusal(new StoreCommand.Compact(7))).isEqualTo(new StoreRefusal.FutureRevision(7, 6));
        assertThat(store.apply(new StoreCommand.Compact(4))).isEqualTo(new StoreResponse.Done(6));
        assertThat(refusal(new StoreCommand.Compact(4))).isEqualTo(new StoreRefusal.Compacted(4));
        assertThat(store.now().range(new Operation.Range(KeyRange.of(A), RangeOptions.at(3))))
                .isEqualTo(new StoreResponse.Refused(6, new StoreRefusal.Compacted(4)));
        StoreResponse.Range least =
                (StoreResponse.Range) store.now().range(new Operation.Range(KeyRange.of(A), RangeOptions.at(4)));
        assertThat(least.keyValues()).containsExactly(new KeyValue(A, ONE, 2, 4, 3, 0));
        assertThat(store.now().history(4).next().number()).isEqualTo(4);
    }

    /** A watch may start at the compacted revision. */
    @Test
    void deletionsOfTheCompactedRevisionAreDelivered() {
        long next = store.now().revision() + 1;
        store.apply(Put.of(Bytes.utf8("gone"), Bytes.utf8("1"), 0));
        store.apply(DeleteRange.of(Bytes.utf8("gone")));
        store.apply(Put.of(Bytes.utf8("other"), Bytes.utf8("1"), 0));
        store.apply(new StoreCommand.Compact(next + 1));
        store.apply(Put.of(Bytes.utf8("other"), Bytes.utf8("2"), 0));
        assertThat(store.now().history(next + 1).next().events())
                .containsExactly(new KeyEvent.Deleted(Bytes.utf8("gone"), next + 1, null));
    }
}
