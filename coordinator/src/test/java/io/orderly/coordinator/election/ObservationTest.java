package io.orderly.coordinator.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.queue.QueueSettings;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.Store;
import io.orderly.coordinator.store.StoreAnswer;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.coordinator.watch.Delivery;
import io.orderly.coordinator.watch.WatchRequest;
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

class ObservationTest {

    private static final KeyRange LINE = KeyRange.startingWith(Bytes.utf8("chief/"));

    private final Watches watches = new Watches(WatchSettings.DEFAULTS, 1);
    private final Store store = new Store(watches);
    private final Observation observation = new Election(QueueSettings.DEFAULTS, "chief").observe();
    private final List<ObservationEffect> told = new ArrayList<>();
    private ObservationEffect.@Nullable Read read;
    private long watch;
    private @Nullable WatchRequest watched;
    private long open;

    @Example
    void tellsLeadersInOrderAndWhatTheyProclaim() {
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
                        leads("chief/a", 2, "a leads on"),
                        leads("chief/b", 3, "b waits"),
                        new ObservationEffect.Vacant());
    }

    @Example
    void elderKeyLeadsWhateverItsName() {
        put("chief/z", "z");
        put("chief/a", "a");
        begin();
        assertThat(told).containsExactly(leads("chief/z", 2, "z"));
    }

    @Example
    void brokenWatchIsResumedWhereItWas() {
        begin();
        put("chief/a", "a");
        listen();
        delete("chief/a");
        put("chief/b", "b");
        step(new ObservationInput.WatchBroken(watch));
        assertThat(watched.startRevision()).isEqualTo(3);
        listen();
        assertThat(told)
                .containsExactly(
                        new ObservationEffect.Vacant(),
                        leads("chief/a", 2, "a"),
                        new ObservationEffect.Vacant(),
                        leads("chief/b", 4, "b"));
    }

    @Example
    void compactionIsMadeUpForByARead() {
        begin();
        put("chief/a", "a");
        delete("chief/a");
        put("chief/b", "b");
        step(new ObservationInput.Watched(watch, new Delivery.Compacted(3)));
        answer();
        assertThat(told).containsExactly(new ObservationEffect.Vacant(), leads("chief/b", 4, "b"));
    }

    @Example
    void refusedReadEndsIt() {
        StoreRefusal refusal = new StoreRefusal.Malformed("of no interest");
        carryOut(observation.begin());
        step(new ObservationInput.Unanswered(1));
        assertThat(read.request()).isEqualTo(2);
        step(new ObservationInput.Answered(1, new StoreAnswer.Refused(1, refusal)));
        assertThat(told).isEmpty();
        step(new ObservationInput.Answered(2, new StoreAnswer.Refused(1, refusal)));
        assertThat(told).containsExactly(new ObservationEffect.Failed(refusal));
    }

    /** Against a look at the line after each change; what happened over a compaction may be left out. */
    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void tellsEachLeaderOnce(@ForAll long seed) {
        new ObservationTest().followAnyCourse(new SplittableRandom(seed));
    }

    private void followAnyCourse(SplittableRandom random) {
        begin();
        List<Optional<Leader>> expected = new ArrayList<>(List.of(Optional.empty()));
        for (int i = 0; i < 60; i++) {
            String key = "chief/" + random.nextInt(4);
            if (random.nextBoolean()) {
                put(key, "v" + random.nextInt(2));
            } else {
                delete(key);
            }
            Optional<Leader> now = head();
            if (!now.equals(expected.getLast())) {
                expected.add(now);
            }
            switch (random.nextInt(12)) {
                case 0 -> step(new ObservationInput.WatchBroken(watch));
                case 1 -> step(new ObservationInput.WatchBroken(watch - 1));
                case 2, 3 -> listen();
                default -> {}
            }
        }
        listen();
        assertThat(told)
                .map(effect -> effect instanceof ObservationEffect.Leads(Leader leader)
                        ? Optional.of(leader)
                        : Optional.<Leader>empty())
                .isEqualTo(expected);
    }

    private Optional<Leader> head() {
        return ((StoreAnswer.Range) store.now().range(read.range()))
                .keyValues().stream()
                        .reduce((one, other) -> one.createRevision() < other.createRevision() ? one : other)
                        .map(head -> new Leader(head.key(), head.createRevision(), head.value()));
    }

    private void begin() {
        carryOut(observation.begin());
        answer();
    }

    private void answer() {
        step(new ObservationInput.Answered(read.request(), store.now().range(read.range())));
    }

    private void listen() {
        for (Delivery delivery : watches.take(open, store.now(), 100)) {
            step(new ObservationInput.Watched(watch, delivery));
        }
    }

    private void step(ObservationInput input) {
        carryOut(observation.step(input));
    }

    private void carryOut(List<ObservationEffect> effects) {
        for (ObservationEffect effect : effects) {
            switch (effect) {
                case ObservationEffect.Read asked -> read = asked;
                case ObservationEffect.OpenWatch(long id, WatchRequest request) -> {
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

    private static ObservationEffect leads(String key, long token, String value) {
        return new ObservationEffect.Leads(new Leader(Bytes.utf8(key), token, Bytes.utf8(value)));
    }
}
