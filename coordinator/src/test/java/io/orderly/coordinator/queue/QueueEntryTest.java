package io.orderly.coordinator.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.store.AuthRefusal;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.coordinator.watch.WatchResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients in a queue, and the store that they send requests to. */
class QueueEntryTest {

    private static final StoreRefusal DENIED = new StoreRefusal.Auth(AuthRefusal.PERMISSION_DENIED);

    private final SingleNode node = new SingleNode();

    QueueEntryTest() {
        node.lease(1);
        node.lease(2);
        node.lease(3);
    }

    @Test
    void theFirstEntryIsAtTheHeadInOneRoundTrip() {
        SingleNode.Client first = client(1);
        assertThat(first.join()).hasSize(1);
        assertThat(first.answer())
                .containsExactly(
                        new QueueEffect.OpenWatch(1, WatchRequest.ofDeletions(KeyRange.of(first.place.key()), 3)),
                        new QueueEffect.Acquired(2));
        assertThat(first.holds()).isTrue();
    }

    @Test
    void theSecondEntryWaitsForTheDeletionOfItsPredecessor() {
        SingleNode.Client first = joined(1);
        SingleNode.Client second = client(2);
        second.join();
        assertThat(second.answer())
                .containsExactly(
                        new QueueEffect.OpenWatch(1, WatchRequest.ofDeletions(KeyRange.of(second.place.key()), 4)),
                        new QueueEffect.OpenWatch(2, WatchRequest.ofDeletions(KeyRange.of(first.place.key()), 4)));
        first.step(new QueueInput.Leave());
        first.settle();
        assertThat(first.ending()).isEqualTo(new EndReason.Left());
        second.listen();
        assertThat(second.holds()).isFalse();
        second.settle();
        assertThat(second.effects).contains(new QueueEffect.Acquired(3));
    }

    @Test
    void anEntryIsNotAtTheHeadJustBecauseItsPredecessorLeft() {
        SingleNode.Client first = joined(1);
        SingleNode.Client second = joined(2);
        SingleNode.Client third = joined(3);
        node.endLease(2);
        third.listen();
        third.settle();
        assertThat(third.holds()).isFalse();
        first.step(new QueueInput.Leave());
        first.settle();
        third.listen();
        third.settle();
        assertThat(third.holds()).isTrue();
        assertThat(second.holds()).isFalse();
    }

    @Test
    void aWaitingEntryLearnsThatItsSessionEnded() {
        joined(1);
        SingleNode.Client second = joined(2);
        node.endLease(2);
        second.listen();
        assertThat(second.ending()).isEqualTo(new EndReason.SessionEnded());
    }

    @Test
    void aHolderLearnsThatItsSessionEnded() {
        SingleNode.Client first = joined(1);
        node.endLease(1);
        first.listen();
        assertThat(first.ending()).isEqualTo(new EndReason.SessionEnded());
        assertThat(first.holds()).isFalse();
    }

    @Test
    void anEntryWhoseSessionEndsWhileAcquiringAcquiresNothing() {
        SingleNode.Client first = joined(1);
        SingleNode.Client second = joined(2);
        first.step(new QueueInput.Leave());
        first.settle();
        second.listen();
        node.endLease(2);
        second.answer();
        assertThat(second.ending()).isEqualTo(new EndReason.SessionEnded());
        assertThat(second.effects).noneMatch(QueueEffect.Acquired.class::isInstance);
    }

    @Test
    void anEntryOfAnEndedLeaseCannotJoin() {
        node.endLease(1);
        SingleNode.Client first = client(1);
        first.join();
        first.answer();
        assertThat(first.ending()).isEqualTo(new EndReason.SessionEnded());
    }

    @Test
    void aFullStoreRejectsAnEntry() {
        SingleNode.Client first = client(1);
        first.join();
        StoreRefusal full = new StoreRefusal.StoreFull(2, 1);
        first.step(new QueueInput.Answered(1, new StoreResponse.Refused(1, full)));
        assertThat(first.ending()).isEqualTo(new EndReason.Rejected(full));
    }

    @Test
    void anEntryWithoutRightsEndsWhileItWaits() {
        joined(1);
        SingleNode.Client second = joined(2);
        second.step(new QueueInput.WatchBroken(1));
        second.step(denied(second));
        assertThat(second.ending()).isEqualTo(new EndReason.Rejected(DENIED));
    }

    @Test
    void anEntryWithoutRightsEndsWhileItLeaves() {
        SingleNode.Client first = joined(1);
        first.step(new QueueInput.Leave());
        first.step(denied(first));
        assertThat(first.ending()).isEqualTo(new EndReason.Rejected(DENIED));
    }

    private static QueueInput denied(SingleNode.Client client) {
        return new QueueInput.Answered(client.last().request(), new StoreResponse.Refused(1, DENIED));
    }

    @Test
    void aRequestWithoutResponseIsRepeated() {
        joined(1);
        SingleNode.Client second = client(2);
        second.join();
        second.execute();
        assertThat(second.step(new QueueInput.Unanswered(1))).containsExactly(second.last());
        second.settle();
        node.endLease(1);
        second.listen();
        second.settle();
        assertThat(second.effects).contains(new QueueEffect.Acquired(3));
        assertThat(node.store.now().revision())
                .as("one key each, and one deletion")
                .isEqualTo(4);
    }

    @Test
    void aResponseThatWasNotKeptIsRequestedAgain() {
        SingleNode.Client first = client(1);
        first.join();
        first.execute();
        first.step(new QueueInput.Answered(1, new StoreResponse.ResponseNotKept(2)));
        first.settle();
        assertThat(first.holds()).isTrue();
    }

    @Test
    void anEntryThatLeavesWhileJoiningDeletesItsKey() {
        SingleNode.Client first = client(1);
        first.join();
        assertThat(first.step(new QueueInput.Leave())).isEmpty();
        first.step(new QueueInput.Unanswered(1));
        first.settle();
        assertThat(first.ending()).isEqualTo(new EndReason.Left());
        assertThat(first.effects).noneMatch(QueueEffect.Acquired.class::isInstance);
        assertThat(node.store.now().get(first.place.key())).isNull();
    }

    @Test
    void anEntryEndsAtItsDeadline() {
        SingleNode.Client first = joined(1);
        SingleNode.Client second = node.client(2, 2, 1_000);
        second.join();
        second.settle();
        second.step(new QueueInput.Tick(999));
        second.step(new QueueInput.Tick(1_000));
        second.settle();
        assertThat(second.ending()).isEqualTo(new EndReason.TimedOut());
        assertThat(node.store.now().get(second.place.key())).isNull();
        assertThat(first.holds()).isTrue();
    }

    @Test
    void theHeadHasNoDeadline() {
        SingleNode.Client first = node.client(1, 1, 1_000);
        first.join();
        first.settle();
        first.step(new QueueInput.Tick(2_000));
        assertThat(first.holds()).isTrue();
    }

    @Test
    void aLateUnlockDoesNotAffectALaterHolder() {
        SingleNode.Client first = joined(1);
        first.step(new QueueInput.Leave());
        StoreCommand unlock = first.last().command();
        first.settle();
        // the same client under the same name: the key is the same, its creation is not
        SingleNode.Client again = joined(1);
        assertThat(again.place.key()).isEqualTo(first.place.key());
        node.store.apply(unlock);
        again.listen();
        assertThat(again.holds()).isTrue();
        assertThat(node.store.now().get(again.place.key())).isNotNull();
    }

    @Test
    void anInterruptedWatchIsReplacedByARead() {
        SingleNode.Client first = joined(1);
        SingleNode.Client second = joined(2);
        node.endLease(1);
        assertThat(first.holds()).isTrue();
        second.step(new QueueInput.WatchBroken(2));
        second.settle();
        assertThat(second.holds()).isTrue();
    }

    @Test
    void aCompactedWatchIsReplacedByARead() {
        SingleNode.Client first = joined(1);
        first.step(new QueueInput.Watched(1, new WatchResponse.Compacted(9)));
        assertThat(first.last().request()).isEqualTo(2);
        node.endLease(1);
        first.answer();
        assertThat(first.ending()).isEqualTo(new EndReason.SessionEnded());
    }

    @Test
    void aHangingWatchIsDetectedInTime() {
        joined(1);
        SingleNode.Client second = joined(2);
        node.endLease(1);
        long lookAfter = Duration.ofSeconds(5).toNanos();
        assertThat(second.step(new QueueInput.Tick(lookAfter - 1))).isEmpty();
        assertThat(second.step(new QueueInput.Tick(lookAfter))).hasSize(1);
        second.answer();
        assertThat(second.holds()).isTrue();
    }

    @Test
    void theHeadPublishesAValue() {
        joined(1);
        SingleNode.Client second = joined(2);
        second.step(new QueueInput.Publish(Bytes.utf8("second leads")));
        assertThat(second.last().request()).as("waits until it is at the head").isEqualTo(1);
        node.endLease(1);
        second.listen();
        second.settle();
        assertThat(second.effects).endsWith(new QueueEffect.Published(Bytes.utf8("second leads")));
        assertThat(node.store.now().get(second.place.key()).value()).isEqualTo(Bytes.utf8("second leads"));
        assertThat(node.store.now().get(second.place.key()).lease()).isEqualTo(2);
    }

    @Test
    void aLostResponseToAPublishIsDetected() {
        SingleNode.Client first = joined(1);
        first.step(new QueueInput.Publish(Bytes.utf8("one")));
        StoreCommand late = first.last().command();
        first.execute();
        first.step(new QueueInput.Unanswered(2));
        first.settle();
        assertThat(first.effects).endsWith(new QueueEffect.Published(Bytes.utf8("one")));
        first.step(new QueueInput.Publish(Bytes.utf8("two")));
        first.settle();
        node.store.apply(late);
        assertThat(node.store.now().get(first.place.key()).value()).isEqualTo(Bytes.utf8("two"));
    }

    @Test
    void anEntryWithoutAKeyPublishesNothing() {
        SingleNode.Client first = joined(1);
        node.endLease(1);
        first.step(new QueueInput.Publish(Bytes.utf8("I lead")));
        first.answer();
        assertThat(first.ending()).isEqualTo(new EndReason.SessionEnded());
    }

    @Test
    void aClientWhoseSessionMayHaveEndedStopsAtOnce() {
        SingleNode.Client first = joined(1);
        assertThat(first.step(new QueueInput.SessionEnded()))
                .containsExactly(new QueueEffect.CloseWatch(1), new QueueEffect.Ended(new EndReason.SessionEnded()));
        assertThat(first.step(new QueueInput.Leave())).isEmpty();
    }

    @Test
    void lateAndRepeatedInputsAreIgnored() {
        SingleNode.Client first = joined(1);
        List<QueueEffect> before = List.copyOf(first.effects);
        first.step(new QueueInput.Answered(1, new StoreResponse.Done(7)));
        first.step(new QueueInput.Unanswered(1));
        first.step(new QueueInput.WatchBroken(17));
        first.step(new QueueInput.Watched(17, new WatchResponse.Compacted(3)));
        assertThat(first.effects).isEqualTo(before);
    }

    private SingleNode.Client client(long lease) {
        return node.client(lease, lease, Long.MAX_VALUE);
    }

    private SingleNode.Client joined(long lease) {
        SingleNode.Client client = client(lease);
        client.join();
        client.settle();
        return client;
    }

    /** A client that lost its connection asks again, with a new attempt under the same lease. */
    @Test
    void repeatedAttemptOfTheSameLeaseRejoinsTheEarlierOne() {
        SingleNode.Client first = joined(1);
        SingleNode.Client again = node.client(1, 9, Long.MAX_VALUE);
        again.join();
        again.settle();
        assertThat(again.effects).contains(new QueueEffect.Acquired(2));
        assertThat(again.place.key()).isEqualTo(first.place.key());
    }

    @Test
    void repeatedAttemptKeepsItsPlaceWhenTheEarlierOneIsGivenUpLate() {
        SingleNode.Client holder = joined(1);
        SingleNode.Client second = joined(2);
        SingleNode.Client again = node.client(2, 9, Long.MAX_VALUE);
        again.join();
        again.settle();
        second.step(new QueueInput.Leave());
        second.settle();
        assertThat(second.ending()).isEqualTo(new EndReason.Left());
        holder.step(new QueueInput.Leave());
        holder.settle();
        again.listen();
        again.settle();
        assertThat(again.effects).contains(new QueueEffect.Acquired(3));
        again.step(new QueueInput.Leave());
        again.settle();
        assertThat(node.store.now().get(again.place.key())).isNull();
    }

    @Test
    void repeatedCampaignPublishesItsOwnValue() {
        SingleNode.Client first = joined(1);
        SingleNode.Client again = node.client(1, 9, Bytes.utf8("new"), Long.MAX_VALUE);
        again.join();
        again.settle();
        assertThat(again.effects).contains(new QueueEffect.Acquired(2), new QueueEffect.Published(Bytes.utf8("new")));
        assertThat(node.store.now().get(first.place.key())).isNotNull();
    }
}
