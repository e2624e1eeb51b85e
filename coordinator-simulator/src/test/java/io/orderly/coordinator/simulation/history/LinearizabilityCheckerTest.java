package io.orderly.coordinator.simulation.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.coordinator.simulation.history.MapCommand.Add;
import io.orderly.coordinator.simulation.history.MapCommand.CompareAndSet;
import io.orderly.coordinator.simulation.history.MapCommand.Get;
import io.orderly.coordinator.simulation.history.MapCommand.Put;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinearizabilityCheckerTest {

    private final History history = new History();
    private int operations;

    @Test
    void anEmptyHistoryHolds() {
        assertThat(verdict()).isEqualTo(Linearizability.HOLDS);
    }

    @Test
    void aReadThatFollowsAWriteSeesIt() {
        answer(invoke(1, new Put(7)), 0);
        answer(invoke(2, new Get()), 7);
        assertThat(verdict()).isEqualTo(Linearizability.HOLDS);
    }

    @Test
    void aStaleReadIsDetected() {
        answer(invoke(1, new Put(7)), 0);
        answer(invoke(2, new Get()), 0);
        assertThat(verdict()).isEqualTo(Linearizability.VIOLATED);
    }

    @Test
    void aReadDuringAWriteMaySeeEither() {
        for (long seen : new long[] {0, 7}) {
            History either = new History();
            either.add(new HistoryEvent.Invoked(1, 1, 0, new Put(7), 0));
            either.add(new HistoryEvent.Invoked(2, 2, 0, new Get(), 1));
            either.add(new HistoryEvent.Answered(2, List.of(seen), 2));
            either.add(new HistoryEvent.Answered(1, List.of(0L), 3));
            assertThat(new LinearizabilityChecker(1000).check(either).verdict()).isEqualTo(Linearizability.HOLDS);
        }
    }

    @Test
    void aReadAfterAnotherReadDoesNotSeeAnOlderValue() {
        int write = invoke(1, new Put(7));
        answer(invoke(2, new Get()), 7);
        answer(invoke(3, new Get()), 0);
        answer(write, 0);
        assertThat(verdict()).isEqualTo(Linearizability.VIOLATED);
    }

    @Test
    void aLostUpdateIsDetected() {
        int one = invoke(1, new Add(1));
        int other = invoke(2, new Add(1));
        answer(one, 1);
        answer(other, 1);
        assertThat(verdict()).isEqualTo(Linearizability.VIOLATED);
    }

    @Test
    void anUpdateThatIsAppliedTwiceIsDetected() {
        answer(invoke(1, new Add(1)), 1);
        answer(invoke(1, new Add(1)), 3);
        assertThat(verdict()).isEqualTo(Linearizability.VIOLATED);
    }

    @Test
    void onlyOneOfTwoConcurrentExchangesSucceeds() {
        int one = invoke(1, new CompareAndSet(0, 1));
        int other = invoke(2, new CompareAndSet(0, 2));
        answer(one, 1);
        answer(other, 1);
        assertThat(verdict()).isEqualTo(Linearizability.VIOLATED);
    }

    @Test
    void anOperationOfUnknownOutcomeMayTakeEffectLate() {
        operations = settled(100);
        invoke(1, new Put(7));
        answer(invoke(2, new Get()), 0);
        answer(invoke(2, new Get()), 7);
        assertThat(verdict()).isEqualTo(Linearizability.HOLDS);
    }

    @Test
    void anOperationOfUnknownOutcomeDoesNotTakeEffectTwice() {
        operations = settled(100);
        invoke(1, new Put(7));
        answer(invoke(2, new Get()), 7);
        answer(invoke(2, new Put(8)), 7);
        answer(invoke(2, new Get()), 7);
        assertThat(verdict()).isEqualTo(Linearizability.VIOLATED);
    }

    @Test
    void anOperationFoundInTheLogTakesEffectByThen() {
        int write = invoke(1, new Put(7));
        history.add(new HistoryEvent.FoundDone(write, 0));
        answer(invoke(2, new Get()), 0);
        assertThat(verdict()).isEqualTo(Linearizability.VIOLATED);
    }

    @Test
    void anOperationThatNeverHappenedIsNotSeen() {
        int write = invoke(1, new Put(7));
        history.add(new HistoryEvent.NeverHappened(write, 0));
        answer(invoke(2, new Get()), 7);
        assertThat(verdict()).isEqualTo(Linearizability.VIOLATED);
    }

    @Test
    void tooManyUnknownOutcomesAreNotDecided() {
        settled(99);
        invoke(1, new Put(7));
        invoke(2, new Put(8));
        assertThat(verdict()).isEqualTo(Linearizability.NOT_DECIDED);
    }

    @Test
    void tooManyClientsAreNotDecided() {
        List<Integer> open = new ArrayList<>();
        for (int client = 0; client < 12; client++) {
            open.add(invoke(client, new Get()));
        }
        open.forEach(operation -> answer(operation, 0));
        assertThat(verdict()).isEqualTo(Linearizability.NOT_DECIDED);
    }

    @Test
    void aSearchThatReachesItsLimitIsNotDecided() {
        List<Integer> open = new ArrayList<>();
        for (int client = 0; client < 9; client++) {
            open.add(invoke(client, new Put(client + 1)));
        }
        open.forEach(operation -> history.add(new HistoryEvent.FoundDone(operation, 0)));
        answer(invoke(1, new Get()), 77);
        assertThat(new LinearizabilityChecker(50).check(history).verdict()).isEqualTo(Linearizability.NOT_DECIDED);
        assertThat(verdict()).isEqualTo(Linearizability.VIOLATED);
    }

    @Test
    void aResponseWithoutARequestIsRejected() {
        answer(1, 0);
        assertThatThrownBy(this::verdict).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsAHistoryAsItWasWritten(@TempDir Path folder) throws Exception {
        answer(invoke(1, new CompareAndSet(0, -3)), 1);
        history.add(new HistoryEvent.FoundDone(invoke(2, new Add(5)), 77));
        history.add(new HistoryEvent.NeverHappened(invoke(3, new Put(5)), 78));
        invoke(4, new Get());
        Path file = folder.resolve("history");
        history.write(file);
        assertThat(History.read(file).events()).isEqualTo(history.events());
    }

    /** Every history with a valid order is linearizable, whatever the duration of its operations. */
    @Property(tries = 200)
    void aHistoryWithAValidOrderHolds(@ForAll long seed) {
        assertThat(new LinearizabilityChecker(1_000_000)
                        .check(random(seed, 300, 8, 1.0))
                        .verdict())
                .isEqualTo(Linearizability.HOLDS);
    }

    /** For small histories, most of them with a wrong response, the verdict is that of a search through all orders. */
    @Property(tries = 500)
    void agreesWithAnExhaustiveSearch(@ForAll long seed) {
        History small = random(seed, 6, 3, 0.7);
        assertThat(new LinearizabilityChecker(1_000_000).check(small).verdict())
                .isEqualTo(hasOrder(small) ? Linearizability.HOLDS : Linearizability.VIOLATED);
    }

    private int settled(int count) {
        for (int i = 0; i < count; i++) {
            answer(invoke(9, new Get()), 0);
        }
        return operations;
    }

    private int invoke(int client, MapCommand command) {
        history.add(new HistoryEvent.Invoked(++operations, client, 0, command, 0));
        return operations;
    }

    private void answer(int operation, long result) {
        history.add(new HistoryEvent.Answered(operation, List.of(result), 0));
    }

    private Linearizability verdict() {
        return new LinearizabilityChecker(1_000_000).check(history).verdict();
    }

    /** Operations that take effect at an instant between start and end; each response is right with the given probability. */
    private static History random(long seed, int operations, int clients, double right) {
        SplittableRandom random = new SplittableRandom(seed);
        History history = new History();
        int[] running = new int[clients];
        @Nullable MapCommand[] commands = new @Nullable MapCommand[clients];
        @Nullable Long[] results = new @Nullable Long[clients];
        long value = 0;
        int invoked = 0;
        int open = 0;
        while (invoked < operations || open > 0) {
            int client = random.nextInt(clients);
            MapCommand command = commands[client];
            Long result = results[client];
            if (running[client] == 0) {
                if (invoked < operations) {
                    running[client] = ++invoked;
                    open++;
                    commands[client] = switch (random.nextInt(4)) {
                        case 0 -> new Get();
                        case 1 -> new Put(random.nextInt(4));
                        case 2 -> new Add(random.nextInt(1, 3));
                        default -> new CompareAndSet(random.nextInt(4), random.nextInt(4));
                    };
                    history.add(
                            new HistoryEvent.Invoked(invoked, client, 0, Objects.requireNonNull(commands[client]), 0));
                }
            } else if (result == null && command != null) {
                results[client] = command.answer(value);
                value = command.next(value);
            } else if (result != null) {
                history.add(new HistoryEvent.Answered(
                        running[client], List.of(random.nextDouble() < right ? result : (long) random.nextInt(4)), 0));
                running[client] = 0;
                results[client] = null;
                open--;
            }
        }
        return history;
    }

    private static boolean hasOrder(History history) {
        List<HistoryEvent.Invoked> left = new ArrayList<>();
        for (HistoryEvent event : history.events()) {
            if (event instanceof HistoryEvent.Invoked invoked) {
                left.add(invoked);
            }
        }
        return hasOrder(history, left, 0);
    }

    private static boolean hasOrder(History history, List<HistoryEvent.Invoked> left, long value) {
        if (left.isEmpty()) {
            return true;
        }
        for (HistoryEvent.Invoked first : left) {
            int start = history.events().indexOf(first);
            boolean mayBeFirst = left.stream().noneMatch(other -> end(history, other) < start);
            if (mayBeFirst && command(first).answer(value) == result(history, first)) {
                List<HistoryEvent.Invoked> rest = new ArrayList<>(left);
                rest.remove(first);
                if (hasOrder(history, rest, command(first).next(value))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static MapCommand command(HistoryEvent.Invoked invoked) {
        return (MapCommand) invoked.command();
    }

    private static int end(History history, HistoryEvent.Invoked invoked) {
        for (int i = 0; i < history.events().size(); i++) {
            HistoryEvent event = history.events().get(i);
            if (event instanceof HistoryEvent.Answered && event.operation() == invoked.operation()) {
                return i;
            }
        }
        return Integer.MAX_VALUE;
    }

    private static long result(History history, HistoryEvent.Invoked invoked) {
        return ((HistoryEvent.Answered) history.events().get(end(history, invoked)))
                .result()
                .getFirst();
    }
}
