package io.orderly.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/** Random commands and reads, compared with {@link StoreModel}: the same responses, revisions and events. */
class StoreModelPropertyTest {

    private static final StoreLimits LIMITS =
            new StoreLimits(1 << 30, 100, 100, 4, 4, 1_000, 60_000, 10, 5, 1 << 20, 1 << 20);

    @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
    void theStoreBehavesLikeTheModel(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int length) {
        var random = new SplittableRandom(seed);
        var commands = new RandomCommands(random);
        List<Revision> heard = new ArrayList<>();
        var store = new Store(
                new StoreListener() {
                    @Override
                    public void revised(Revision revision) {
                        heard.add(revision);
                    }
                },
                LIMITS);
        var model = new StoreModel(LIMITS);
        for (int i = 0; i < length; i++) {
            StoreCommand command = commands.next(model.revision());
            StoreResponse expected = model.apply(command);
            assertThat(withoutKeyName(store.apply(command)))
                    .as("%d: %s", i, command)
                    .isEqualTo(withoutKeyName(expected));
            Statistics.label("answer").collect(name(expected));
            Operation.Range read = commands.read(model.revision());
            assertThat(store.now().range(read)).as("%d: %s", i, read).isEqualTo(model.read(read));
        }
        for (int i = 1; i < model.events.size(); i++) {
            assertThat(heard.get(i - 1)).isEqualTo(new Revision(i + 1L, model.events.get(i)));
        }
        assertThat(heard).hasSize(model.events.size() - 1);
        checkPast(store.now(), model);
        assertThat(store.now().members()).containsExactlyElementsOf(model.members.values());
        List<Lease> leases = new ArrayList<>();
        store.now().leases().forEachRemaining(leases::add);
        assertThat(leases).containsExactlyElementsOf(model.leases.values());
        leases.forEach(lease -> assertThat(store.keysOf(lease.id()))
                .containsExactlyElementsOf(model.maps.getLast().values().stream()
                        .filter(one -> one.lease() == lease.id())
                        .map(KeyValue::key)
                        .toList()));
    }

    /** If several keys are written twice, the refusal may name any of them. */
    private static Object withoutKeyName(StoreResponse answer) {
        return answer instanceof StoreResponse.Refused(long _, StoreRefusal.DuplicateKey _)
                ? StoreRefusal.DuplicateKey.class
                : answer;
    }

    private static String name(StoreResponse answer) {
        return answer instanceof StoreResponse.Refused refused
                ? refused.refusal().getClass().getSimpleName()
                : answer.getClass().getSimpleName();
    }

    static void checkPast(StoreView store, StoreModel model) {
        assertThat(store.revision()).isEqualTo(model.revision());
        assertThat(store.compactedRevision()).isEqualTo(model.compacted);
        for (long at = Math.max(1, model.compacted); at <= model.revision(); at++) {
            StoreResponse past = store.range(new Operation.Range(KeyRange.ALL, RangeOptions.at(at)));
            assertThat(((StoreResponse.Range) past).keyValues())
                    .as("revision %d", at)
                    .containsExactlyElementsOf(model.maps.get((int) at - 1).values());
        }
        if (model.compacted > 0) {
            assertThatThrownBy(() -> store.history(model.compacted - 1)).isInstanceOf(CompactedException.class);
        }
        long at = Math.max(2, model.compacted);
        for (var rest = store.history(model.compacted); rest.hasNext(); at++) {
            Revision revision = rest.next();
            assertThat(revision.number()).isEqualTo(at);
            List<KeyEvent> expected = model.events.get((int) at - 1);
            assertThat(revision.events().stream().map(KeyEvent::key))
                    .containsExactlyElementsOf(
                            expected.stream().map(KeyEvent::key).toList());
            if (at > model.compacted) {
                assertThat(revision.events()).isEqualTo(expected);
            }
        }
        assertThat(at).isEqualTo(Math.max(2, model.revision() + 1));
    }
}
