package io.orderly.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Snapshots at any point: the restored state equals the original one, and responds to all later commands in the same way. */
class SnapshotPropertyTest {

    private static final StoreLimits LIMITS =
            new StoreLimits(1 << 30, 100, 100, 4, 4, 1_000, 60_000, 10, 5, 100, 2_000);

    @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
    void aRestoredStoreBehavesLikeTheOriginal(
            @ForAll long seed,
            @ForAll @IntRange(max = 300) int before,
            @ForAll @IntRange(max = 100) int after,
            @ForAll @IntRange(min = 1, max = 200) int sweepEventsPerCommand)
            throws IOException {
        var random = new SplittableRandom(seed);
        var commands = new RandomCommands(random);
        var model = new StoreModel(LIMITS);
        var store = new Store(new StoreListener() {}, LIMITS, sweepEventsPerCommand);
        for (int i = 0; i < before; i++) {
            StoreCommand command = commands.next(model.revision());
            store.apply(command);
            model.apply(command);
        }
        assertThat(store.now().hash()).isEqualTo(RecomputedTotals.hash(store.snapshot()));
        assertThat(store.now().sizeInBytes()).isEqualTo(RecomputedTotals.sizeInBytes(store.snapshot()));
        Iterator<byte[]> parts = new StoreMachine(store).snapshot();
        StoreView view = store.view();
        long hash = store.now().hash();
        List<StoreResponse> answers = new ArrayList<>();
        List<StoreCommand> rest = new ArrayList<>();
        StoreModel past = model.copy();
        for (int i = 0; i < after; i++) {
            StoreCommand command = commands.next(model.revision());
            rest.add(command);
            answers.add(store.apply(command));
            model.apply(command);
        }
        byte[] snapshot = join(parts);
        assertThat(view.hash()).isEqualTo(hash);
        StoreModelPropertyTest.checkPast(view, past);

        var other = new Store(new StoreListener() {}, LIMITS, sweepEventsPerCommand);
        new StoreMachine(other).restore(new ByteArrayInputStream(snapshot));
        assertThat(other.now().hash()).isEqualTo(hash);
        assertThat(other.now().members()).isEqualTo(view.members());
        assertThat(other.now().sizeInBytes()).isEqualTo(view.sizeInBytes());
        StoreModelPropertyTest.checkPast(other.now(), past);
        assertThat(join(new StoreMachine(other).snapshot())).isEqualTo(snapshot);
        for (int i = 0; i < after; i++) {
            assertThat(other.apply(rest.get(i))).isEqualTo(answers.get(i));
            assertThat(other.now().hash()).isEqualTo(RecomputedTotals.hash(other.snapshot()));
        }
        assertThat(other.now().hash()).isEqualTo(store.now().hash());
        StoreModelPropertyTest.checkPast(other.now(), model);
    }

    @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
    void aCorruptSnapshotIsRejected(@ForAll long seed, @ForAll @IntRange(max = 150) int length) throws IOException {
        var random = new SplittableRandom(seed);
        var commands = new RandomCommands(random);
        var store = new Store(new StoreListener() {}, LIMITS);
        for (int i = 0; i < length; i++) {
            store.apply(commands.next(store.now().revision()));
        }
        byte[] snapshot = join(new StoreMachine(store).snapshot());
        if (random.nextBoolean()) {
            snapshot = java.util.Arrays.copyOf(snapshot, random.nextInt(snapshot.length));
        } else {
            snapshot[random.nextInt(snapshot.length)] ^= (byte) (1 << random.nextInt(8));
        }
        InputStream corrupt = new ByteArrayInputStream(snapshot);
        var other = new Store(new StoreListener() {}, LIMITS);
        assertThatThrownBy(() -> new StoreMachine(other).restore(corrupt))
                .isInstanceOfAny(IOException.class, NewerFormatException.class);
        assertThat(other.now().revision()).isEqualTo(1);
    }

    private static byte[] join(Iterator<byte[]> parts) throws IOException {
        var whole = new ByteArrayOutputStream();
        while (parts.hasNext()) {
            whole.write(parts.next());
        }
        return whole.toByteArray();
    }
}
