package io.orderly.coordinator.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.Revision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchesTest {

    private static final WatchSettings SETTINGS = new WatchSettings(4, 3, 100, 5, 20, Duration.ofMillis(100));
    private static final KeyRange PREFIX = KeyRange.startingWith(Bytes.utf8("a/"));

    private final FixedHistory history = new FixedHistory();
    private final Watches watches = new Watches(SETTINGS, history.revision());

    @Test
    void deliversNewEvents() {
        put("a/1", "old");
        long watch = open(WatchRequest.of(PREFIX, 0));
        assertThat(watches.ready()).isEmpty();
        put("a/2", "new");
        put("b/1", "not watched");
        assertThat(watches.ready()).containsExactly(watch);
        assertThat(take(watch))
                .containsExactly(events(3, history.revisions().get(1).events()));
        assertThat(watches.ready()).isEmpty();
    }

    @Test
    void deliversEarlierEvents() {
        for (int i = 2; i <= 9; i++) {
            put("a/1", "v" + i);
        }
        long watch = open(WatchRequest.of(PREFIX, 3));
        assertThat(watches.lagging()).isEqualTo(1);
        assertThat(watches.ready()).containsExactly(watch);
        assertThat(take(watch)).extracting(WatchesTest::revision).containsExactly(3L, 4L, 5L, 6L, 7L);
        assertThat(watches.ready()).containsExactly(watch);
        assertThat(take(watch)).extracting(WatchesTest::revision).containsExactly(8L, 9L);
        assertThat(watches.lagging()).isZero();
        put("a/1", "live");
        assertThat(take(watch)).extracting(WatchesTest::revision).containsExactly(10L);
    }

    /** As a client that has read an empty store, whose revision is 1. */
    @Test
    void canStartAtTheFirstRevisionWhichHasNoEvents() {
        long watch = open(WatchRequest.of(PREFIX, 1));
        assertThat(take(watch)).isEmpty();
        assertThat(watches.lagging()).isZero();
        assertThat(watches.ready()).isEmpty();
        put("a/1", "2");
        assertThat(take(watch)).extracting(WatchesTest::revision).containsExactly(2L);
    }

    @Test
    void waitsForAFutureRevision() {
        long watch = open(new WatchRequest(PREFIX, 4, true, true, false, true, false));
        watches.requestProgress(watch);
        put("a/1", "2");
        put("a/1", "3");
        assertThat(take(watch)).containsExactly(new WatchResponse.Progress(3));
        put("a/1", "4");
        assertThat(take(watch)).extracting(WatchesTest::revision).containsExactly(4L);
    }

    @Test
    void reportsNoProgressBeforeItsFirstRevision() {
        long watch = open(WatchRequest.of(PREFIX, 9));
        watches.requestProgress(watch);
        assertThat(take(watch)).isEmpty();
    }

    @Test
    void aCompactedRevisionIsAnErrorThatNamesTheFirstLegalOne() {
        put("a/1", "2");
        put("a/1", "3");
        put("a/1", "4");
        compact(3);
        long early = open(WatchRequest.of(PREFIX, 2));
        assertThat(take(early)).containsExactly(new WatchResponse.Compacted(3));
        assertThat(take(early)).isEmpty();
        assertThat(watches.size()).isZero();
        long resumed = open(WatchRequest.of(PREFIX, 4));
        assertThat(take(resumed)).extracting(WatchesTest::revision).containsExactly(4L);
    }

    /** As in etcd, whose clients resume at the revision that the error names. */
    @Test
    void canStartAtTheCompactedRevisionItself() {
        put("a/1", "2");
        put("a/1", "3");
        compact(3);
        long watch = open(WatchRequest.of(PREFIX, 3));
        assertThat(take(watch)).extracting(WatchesTest::revision).containsExactly(3L);
    }

    @Test
    void aSlowWatchIsBoundedAndContinuesFromTheHistory() {
        long watch = open(WatchRequest.of(PREFIX, 0));
        for (int i = 2; i <= 9; i++) {
            put("a/1", "v" + i);
        }
        assertThat(watches.lagging()).isEqualTo(1);
        assertThat(watches.take(watch, history.now(), 2))
                .extracting(WatchesTest::revision)
                .containsExactly(2L, 3L);
        put("a/1", "v10");
        assertThat(take(watch)).extracting(WatchesTest::revision).containsExactly(4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(take(watch)).extracting(WatchesTest::revision).containsExactly(10L);
        assertThat(watches.lagging()).isZero();
    }

    @Test
    void aWatchOvertakenByACompactionIsCompacted() {
        long watch = open(WatchRequest.of(PREFIX, 0));
        for (int i = 2; i <= 9; i++) {
            put("a/1", "v" + i);
        }
        compact(6);
        assertThat(watches.take(watch, history.now(), 3))
                .extracting(WatchesTest::revision)
                .containsExactly(2L, 3L, 4L);
        assertThat(take(watch)).containsExactly(new WatchResponse.Compacted(6));
    }

    @Test
    void aCompactionDoesNotAffectBufferedEvents() {
        long watch = open(WatchRequest.of(PREFIX, 0));
        put("a/1", "2");
        put("a/1", "3");
        compact(3);
        assertThat(take(watch)).extracting(WatchesTest::revision).containsExactly(2L, 3L);
    }

    @Test
    void largeValuesFillABuffer() {
        long watch = open(WatchRequest.of(PREFIX, 0));
        put("a/1", "x".repeat(500));
        assertThat(watches.lagging()).isZero();
        put("a/1", "y");
        assertThat(watches.lagging()).isEqualTo(1);
        assertThat(take(watch)).extracting(WatchesTest::revision).containsExactly(2L, 3L);
    }

    @Test
    void filtersDeliverPutsOrDeletionsOnly() {
        long deletions = open(WatchRequest.ofDeletions(PREFIX, 0));
        long puts = open(new WatchRequest(PREFIX, 0, true, false, false, false, false));
        put("a/1", "2");
        revise(history.delete("a/1"));
        put("a/1", "4");
        assertThat(take(deletions)).extracting(WatchesTest::revision).containsExactly(3L);
        assertThat(take(puts)).extracting(WatchesTest::revision).containsExactly(2L, 4L);
    }

    @Test
    void thePreviousVersionIsDeliveredOnRequest() {
        long asks = open(new WatchRequest(PREFIX, 0, true, true, true, false, false));
        long asksNot = open(WatchRequest.of(PREFIX, 0));
        put("a/1", "before");
        put("a/1", "after");
        assertThat(previous(take(asks))).containsExactly(null, Bytes.utf8("before"));
        assertThat(previous(take(asksNot))).containsExactly(null, null);
    }

    @Test
    void eventsOfARevisionStayTogether() {
        long watch = open(WatchRequest.of(PREFIX, 0));
        revise(history.put("a/1", "0123456789"), history.put("b/1", "x"), history.put("a/2", "0123456789"));
        assertThat(take(watch)).singleElement().satisfies(delivery -> {
            WatchResponse.Events told = (WatchResponse.Events) delivery;
            assertThat(told.events()).extracting(KeyEvent::key).containsExactly(Bytes.utf8("a/1"), Bytes.utf8("a/2"));
            assertThat(told.more()).isFalse();
        });
    }

    @Test
    void aLargeRevisionIsSplitForClientsThatAllowFragments() {
        long watch = open(new WatchRequest(PREFIX, 0, true, true, false, false, true));
        revise(
                history.put("a/1", "01234"),
                history.put("a/2", "01234"),
                history.put("a/3", "0123456789012345678901234567890"),
                history.put("a/4", ""));
        assertThat(take(watch))
                .extracting(
                        delivery -> ((WatchResponse.Events) delivery).events().size() + " "
                                + ((WatchResponse.Events) delivery).more())
                .containsExactly("2 true", "1 true", "1 false");
    }

    @Test
    void anIdleWatchReportsProgressInTime() {
        long watch = open(new WatchRequest(PREFIX, 0, true, true, false, true, false));
        open(WatchRequest.of(PREFIX, 0));
        tick(0);
        put("b/1", "not watched");
        tick(99);
        assertThat(watches.ready()).isEmpty();
        tick(100);
        assertThat(watches.ready()).containsExactly(watch);
        assertThat(take(watch)).containsExactly(new WatchResponse.Progress(2));
    }

    @Test
    void aBusyWatchReportsNoProgress() {
        long watch = open(new WatchRequest(PREFIX, 0, true, true, false, true, false));
        tick(0);
        put("a/1", "2");
        take(watch);
        tick(100);
        assertThat(watches.ready()).isEmpty();
        tick(200);
        assertThat(watches.ready()).containsExactly(watch);
    }

    @Test
    void progressFollowsAllEarlierEvents() {
        long watch = open(WatchRequest.of(PREFIX, 0));
        for (int i = 2; i <= 7; i++) {
            put("a/1", "v" + i);
        }
        watches.requestProgress(watch);
        assertThat(watches.take(watch, history.now(), 2)).hasOnlyElementsOfType(WatchResponse.Events.class);
        assertThat(take(watch)).endsWith(new WatchResponse.Progress(7)).hasSize(5);
    }

    @Test
    void aWatchReadsTheHistoryOfARestoredSnapshot() {
        long watch = open(WatchRequest.of(PREFIX, 0));
        put("a/1", "2");
        history.add(history.put("a/1", "3, not added"));
        history.add(history.put("a/1", "4, not added"));
        watches.restored(history.now());
        put("a/1", "5");
        assertThat(take(watch)).extracting(WatchesTest::revision).containsExactly(2L, 3L, 4L, 5L);
    }

    @Test
    void aStateNewerThanTheAddedRevisionsIsDeliveredOnce() {
        put("a/1", "2");
        long watch = open(WatchRequest.of(PREFIX, 1));
        Revision third = history.add(history.put("a/1", "3"));
        assertThat(take(watch)).extracting(WatchesTest::revision).containsExactly(2L, 3L);
        watches.requestProgress(watch);
        assertThat(take(watch)).isEmpty();
        watches.revised(third);
        assertThat(take(watch)).containsExactly(new WatchResponse.Progress(3));
    }

    @Test
    void aGapIsAnError() {
        assertThatIllegalStateException().isThrownBy(() -> watches.revised(new Revision(3, List.of())));
    }

    @Test
    void theNumberOfWatchesIsBounded() {
        for (int i = 0; i < 4; i++) {
            open(WatchRequest.of(PREFIX, 0));
        }
        assertThat(watches.open(WatchRequest.of(PREFIX, 0))).isEmpty();
        watches.close(1);
        assertThat(watches.open(WatchRequest.of(PREFIX, 0))).hasValue(5);
    }

    @Test
    void aClosedWatchDeliversNothing() {
        long watch = open(WatchRequest.of(PREFIX, 0));
        put("a/1", "2");
        watches.close(watch);
        put("a/1", "3");
        assertThat(watches.ready()).isEmpty();
        assertThat(take(watch)).isEmpty();
    }

    private void tick(long millis) {
        watches.tick(millis * 1_000_000);
    }

    private long open(WatchRequest request) {
        return watches.open(request).orElseThrow();
    }

    private void put(String key, String value) {
        revise(history.put(key, value));
    }

    private void revise(KeyEvent... events) {
        watches.revised(history.add(events));
    }

    private void compact(long revision) {
        history.compact(revision);
        watches.compacted(revision);
    }

    private List<WatchResponse> take(long watch) {
        return watches.take(watch, history.now(), 100);
    }

    private static WatchResponse events(long revision, List<KeyEvent> events) {
        return new WatchResponse.Events(revision, events, false);
    }

    private static long revision(WatchResponse delivery) {
        return ((WatchResponse.Events) delivery).revision();
    }

    private static List<Bytes> previous(List<WatchResponse> deliveries) {
        List<Bytes> values = new ArrayList<>();
        for (WatchResponse delivery : deliveries) {
            var before = ((WatchResponse.Events) delivery).events().getFirst().previous();
            values.add(before == null ? null : before.value());
        }
        return values;
    }
}
