package io.orderly.coordinator.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.Effects;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Payload;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ApplyingTest {

    private static final long STEPS_PER_TURN = 1_000;
    private static final long STEPS_PER_ENTRY = 400;

    private final List<Long> applied = new ArrayList<>();
    private final List<Map<Long, Long>> done = new ArrayList<>();

    /** The result of an entry is its slot. */
    private final StateMachine<Long> machine = new StateMachine<>() {

        @Override
        public Long apply(Entry entry) {
            applied.add(entry.slot());
            return entry.slot();
        }

        @Override
        public long steps() {
            return applied.size() * STEPS_PER_ENTRY;
        }

        @Override
        public Iterator<byte[]> snapshot() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Restoration restoration(InputStream snapshot) {
            throw new UnsupportedOperationException();
        }
    };

    private final Applying<Long> applying = new Applying<>(machine, STEPS_PER_TURN, (_, results) -> done.add(results));

    private static Effects effects(long from, long to) {
        List<Entry> entries = LongStream.rangeClosed(from, to)
                .mapToObj(slot -> new Entry(slot, new Ballot(1, 1), new Payload.NoOp()))
                .toList();
        return new Effects(List.of(), 0, List.of(), entries, List.of(), List.of(), List.of());
    }

    private void turn() {
        applying.beginTurn(0, 0);
        applying.go();
    }

    @Test
    void whatIsMoreThanATurnMayDoWaitsForTheNext() {
        applying.add(effects(1, 5));
        assertThat(applied).containsExactly(1L, 2L, 3L);
        assertThat(applying.isBehind()).isTrue();
        assertThat(applying.applied()).isEqualTo(3);
        applying.go();
        assertThat(applied).as("in the same turn").hasSize(3);
        assertThat(done).isEmpty();
        turn();
        assertThat(applied).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(applying.isBehind()).isFalse();
        assertThat(done).containsExactly(Map.of(1L, 1L, 2L, 2L, 3L, 3L, 4L, 4L, 5L, 5L));
    }

    @Test
    void laterEffectsWaitBehindEarlierOnesAlsoIfTheyHaveNoEntries() {
        applying.add(effects(1, 4));
        applying.add(effects(5, 4));
        applying.add(effects(5, 5));
        assertThat(done).isEmpty();
        turn();
        assertThat(done).extracting(Map::size).containsExactly(4, 0, 1);
    }

    @Test
    void applyingHasItsShareOfATurnThatHadMuchElseToDo() {
        applying.add(effects(1, 100));
        applying.beginTurn(0, 11_260);
        applying.go();
        assertThat(applied).as("3 for 1,260 steps, and 24 for the other 10,000").hasSize(3 + 24);
        applying.beginTurn(0, 24 * 420);
        applying.go();
        assertThat(applied).as("nothing else was done in the last turn").hasSize(3 + 24 + 3);
    }

    @Test
    void tooManyEntriesAreFarBehindUntilEnoughAreApplied() {
        applying.add(effects(1, 20_004));
        assertThat(applying.isFarBehind()).isTrue();
        turn();
        assertThat(applying.isFarBehind()).isFalse();
    }

    @Test
    void entriesOfTooManyBytesAreFarBehindUntilEnoughAreApplied() {
        var mebibyte = new Payload.Command(new byte[1 << 20]);
        List<Entry> entries = LongStream.rangeClosed(1, 68)
                .mapToObj(slot -> new Entry(slot, new Ballot(1, 1), mebibyte))
                .toList();
        applying.add(new Effects(List.of(), 0, List.of(), entries, List.of(), List.of(), List.of()));
        assertThat(applying.isFarBehind()).isTrue();
        turn();
        assertThat(applying.isFarBehind()).isFalse();
    }

    @Test
    void theLagIsThatOfTheEffectsThatHaveWaitedLongest() {
        applying.beginTurn(100, 0);
        assertThat(applying.lagNanos()).isZero();
        applying.add(effects(1, 4));
        applying.beginTurn(200, 0);
        assertThat(applying.lagNanos()).isEqualTo(100);
        applying.add(effects(5, 8));
        applying.beginTurn(350, 0);
        assertThat(applying.lagNanos()).as("the first are applied").isEqualTo(150);
    }

    @Test
    void anEntryThatIsTooMuchWorkForATurnIsAppliedNevertheless() {
        var greedy = new Applying<>(machine, 1, (Effects _, Map<Long, Long> results) -> done.add(results));
        greedy.add(effects(1, 2));
        assertThat(applied).containsExactly(1L);
        greedy.beginTurn(0, 0);
        greedy.go();
        assertThat(applied).containsExactly(1L, 2L);
        assertThat(greedy.isBehind()).isFalse();
    }
}
