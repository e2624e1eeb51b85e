package io.orderly.coordinator.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.queue.QueueSettings;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Store;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.coordinator.watch.WatchResponse;
import io.orderly.coordinator.watch.WatchSettings;
import io.orderly.coordinator.watch.Watches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

class LeaderObserverTest {

    private static final KeyRange LINE = KeyRange.startingWith(Bytes.utf8("chief/"));

    private final Watches watches = new Watches(WatchSettings.DEFAULTS, 1);
    private final Store store = new Store(watches);
    private final LeaderObserver observation = new Election(QueueSettings.DEFAULTS, "chief").observe();
    private final List<ObserverEffect> told = new ArrayList<>();
    private ObserverEffect.@Nullable Read read;
    private long watch;
    private @Nullable WatchRequest watched;
    private long open;

    @Example
    void reportsLeadersAndTheirValuesInOrder() {
        put("chief/a", "a leads");
        begin();
        put("chief/b", "b waits");
        put("chief/a", "a leads on");
        delete("chief/a");
        delete("chief/b");
        listen();
        assertThat(told)
                .containsExactly(
                        leads("chief/a", 2, "a leads"),
                        leads("chief/a", 2, 4, 2, "a leads on"),
                        leads("chief/b", 3, "b waits"),
                        new ObserverEffect.Vacant());
    }

    @Example
    void theKeyCreatedFirstLeads() {
        put("chief/z", "z");
        put("chief/a", "a");
        begin();
        assertThat(told).containsExactly(leads("chief/z", 2, "z"));
    }

    @Example
    void resumesABrokenWatchWithoutAGap() {
        begin();
        put("chief/a", "a");
        listen();
        delete("chief/a");
        put("chief/b", "b");
        step(new ObserverInput.WatchBroken(watch));
        assertThat(watched.startRevision()).isEqualTo(3);
        listen();
        assertThat(told)
                .containsExactly(
                        new ObserverEffect.Vacant(),
                        leads("chief/a", 2, "a"),
                        new ObserverEffect.Vacant(),
                        leads("chief/b", 4, "b"));
    }

    @Example
    void aCompactedWatchIsFollowedByARead() {
        begin();
        put("chief/a", "a");
        delete("chief/a");
        put("chief/b", "b");
        step(new ObserverInput.Watched(watch, new WatchResponse.Compacted(3)));
        answer();
        assertThat(told).containsExactly(new ObserverEffect.Vacant(), leads("chief/b", 4, "b"));
    }

    @Example
    void aRefusedReadEndsTheObservation() {
        StoreRefusal refusal = new StoreRefusal.Malformed("of no interest");
        carryOut(observation.begin());
        step(new ObserverInput.Unanswered(1));
        assertThat(read.request()).isEqualTo(2);
        step(new ObserverInput.Answered(1, new StoreResponse.Refused(1, refusal)));
        assertThat(told).isEmpty();
        step(new ObserverInput.Answered(2, new StoreResponse.Refused(1, refusal)));
        assertThat(told).containsExactly(new ObserverEffect.Failed(refusal));
    }

    /** Compared with the head of the queue after each change. Leaders whose changes were compacted may be missing. */
    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void reportsEachLeaderOnce(@ForAll long seed) {
        new LeaderObserverTest().followRandomChanges(new SplittableRandom(seed));
    }

    private void followRandomChanges(SplittableRandom random) {
        begin();
        List<Optional<ElectedLeader>> expected = new ArrayList<>(List.of(Optional.empty()));
        for (int i = 0; i < 60; i++) {
            String key = "chief/" + random.nextInt(4);
            if (random.nextBoolean()) {
                put(key, "v" + random.nextInt(2));
            } else {
                delete(key);
            }
            Optional<ElectedLeader> now = head();
            if (!now.equals(expected.getLast())) {
                expected.add(now);
            }
            switch (random.nextInt(12)) {
                case 0 -> step(new ObserverInput.WatchBroken(watch));
                case 1 -> step(new ObserverInput.WatchBroken(watch - 1));
                case 2, 3 -> listen();
                default -> {}
            }
        }
        listen();
        assertThat(told)
                .map(effect -> effect instanceof ObserverEffect.Leads(ElectedLeader leader)
                        ? Optional.of(leader)
                        : Optional.<ElectedLeader>empty())
                .isEqualTo(expected);
    }

    private Optional<ElectedLeader> head() {
        return ((StoreResponse.Range) store.now().range(read.range()))
                .keyValues().stream()
                        .reduce((one, other) -> one.createRevision() < other.createRevision() ? one : other)
                        .map(ElectedLeader::new);
    }

    private void begin() {
        carryOut(observation.begin());
        answer();
    }

    private void answer() {
        step(new ObserverInput.Answered(read.request(), store.now().range(read.range())));
    }

    private void listen() {
        for (WatchResponse delivery : watches.take(open, store.now(), 100)) {
            step(new ObserverInput.Watched(watch, delivery));
        }
    }

    private void step(ObserverInput input) {
        carryOut(observation.step(input));
    }

    private void carryOut(List<ObserverEffect> effects) {
        for (ObserverEffect effect : effects) {
            switch (effect) {
                case ObserverEffect.Read asked -> read = asked;
                case ObserverEffect.OpenWatch(long id, WatchRequest request) -> {
                    watches.close(open);
                    assertThat(request.keys()).isEqualTo(LINE);
                    watch = id;
                    watched = request;
                    open = watches.open(request).orElseThrow();
                }
                default -> told.add(effect);
            }
        }
    }

    private void put(String key, String value) {
        store.apply(StoreCommand.Put.of(Bytes.utf8(key), Bytes.utf8(value)));
    }

    private void delete(String key) {
        store.apply(StoreCommand.DeleteRange.of(Bytes.utf8(key)));
    }

    private static ObserverEffect leads(String key, long token, String value) {
        return leads(key, token, token, 1, value);
    }

    private static ObserverEffect leads(String key, long token, long modRevision, long version, String value) {
        return new ObserverEffect.Leads(
                new ElectedLeader(new KeyValue(Bytes.utf8(key), Bytes.utf8(value), token, modRevision, version, 0)));
    }
}
