package io.orderly.lab.torture.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.simulation.history.Linearizability;
import io.orderly.coordinator.simulation.history.TxnCommand;
import io.orderly.coordinator.simulation.history.TxnCommand.Condition;
import io.orderly.coordinator.simulation.history.TxnCommand.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryVerdictTest {

    private static final int SIZE = KeyGroups.SIZE;
    private static final TxnCommand READ = TxnCommand.read(SIZE);
    private static final TxnCommand PUT_7 = only(new Step.Put(0, 7));
    private static final TxnCommand PUT_8 = only(new Step.Put(0, 8));
    private static final TxnCommand DELETE = only(new Step.Delete(0));
    private static final String KEY = TxnRequests.key(0, 0);
    private static final String OTHER_KEY = TxnRequests.key(0, 1);

    private final List<RecordedEvent> events = new ArrayList<>();
    private final List<LogEvent> log = new ArrayList<>();

    private static TxnCommand only(Step step) {
        return new TxnCommand(SIZE, List.of(), List.of(step), List.of());
    }

    private int invoked(int operation, TxnCommand command) {
        events.add(new RecordedEvent.Invoked(operation, events.size(), operation, 1, 0, command.toString()));
        return operation;
    }

    private void answered(int operation, long revision, Long... result) {
        events.add(new RecordedEvent.Answered(operation, events.size(), List.of(result), revision));
    }

    private void unanswered(int operation) {
        events.add(new RecordedEvent.Unanswered(operation, events.size(), "UNAVAILABLE"));
    }

    private void refused(int operation) {
        events.add(new RecordedEvent.Refused(operation, events.size(), "RESOURCE_EXHAUSTED"));
    }

    private HistoryVerdict verdict() {
        return HistoryVerdict.of(new ResolvedHistory(events, log));
    }

    @Test
    void aCorrectHistoryHolds() {
        answered(invoked(1, PUT_7), 2, 1L);
        answered(invoked(2, READ), 2, 1L, 7L, 1L, 0L, 0L);
        answered(invoked(3, DELETE), 3, 1L, 1L);
        log.add(new LogEvent(KEY, 7, 2));
        log.add(new LogEvent(KEY, 0, 3));

        assertThat(verdict().verdict()).isEqualTo(Linearizability.HOLDS);
    }

    @Test
    void aReadOfAnOverwrittenValueIsAViolation() {
        answered(invoked(1, PUT_7), 2, 1L);
        answered(invoked(2, PUT_8), 3, 1L);
        answered(invoked(3, READ), 3, 1L, 7L, 1L, 0L, 0L);
        log.add(new LogEvent(KEY, 7, 2));
        log.add(new LogEvent(KEY, 8, 3));

        HistoryVerdict verdict = verdict();
        assertThat(verdict.verdict()).isEqualTo(Linearizability.VIOLATED);
        assertThat(verdict.linearizability().reason()).contains("key 0", "transaction 2 - read -");
    }

    @Test
    void aLostAcknowledgedWriteIsAViolation() {
        answered(invoked(1, PUT_7), 2, 1L);

        HistoryVerdict verdict = verdict();
        assertThat(verdict.verdict()).isEqualTo(Linearizability.VIOLATED);
        assertThat(verdict.deviations()).singleElement().asString().contains("put:0:7", "revision 2");
    }

    @Test
    void aLostAcknowledgedDeletionIsAViolation() {
        answered(invoked(1, PUT_7), 2, 1L);
        answered(invoked(2, DELETE), 3, 1L, 1L);
        log.add(new LogEvent(KEY, 7, 2));

        assertThat(verdict().deviations()).singleElement().asString().contains("delete:0", "revision 3");
    }

    @Test
    void aPartlyAppliedTransactionIsAViolation() {
        TxnCommand both = new TxnCommand(SIZE, List.of(), List.of(new Step.Put(0, 7), new Step.Put(1, 8)), List.of());
        unanswered(invoked(1, both));
        log.add(new LogEvent(OTHER_KEY, 8, 2));

        assertThat(verdict().deviations()).singleElement().asString().contains("only 1 of 2");
    }

    @Test
    void anUnansweredWriteThatTookEffectMayBeRead() {
        unanswered(invoked(1, PUT_7));
        answered(invoked(2, READ), 2, 1L, 7L, 1L, 0L, 0L);
        log.add(new LogEvent(KEY, 7, 2));

        HistoryVerdict verdict = verdict();
        assertThat(verdict.verdict()).isEqualTo(Linearizability.HOLDS);
        assertThat(verdict.resolved()).isOne();
        assertThat(verdict.linearizability().unknown()).isZero();
    }

    @Test
    void anUnansweredWriteThatTookEffectTwiceIsAViolation() {
        unanswered(invoked(1, PUT_7));
        log.add(new LogEvent(KEY, 7, 2));
        log.add(new LogEvent(KEY, 7, 3));

        HistoryVerdict verdict = verdict();
        assertThat(verdict.verdict()).isEqualTo(Linearizability.VIOLATED);
        assertThat(verdict.deviations())
                .singleElement()
                .asString()
                .contains("took effect twice", "value=7, revision=2", "value=7, revision=3");
    }

    @Test
    void anUnansweredWriteThatDidNotTakeEffectMustNotBeRead() {
        unanswered(invoked(1, PUT_7));
        answered(invoked(2, READ), 2, 1L, 7L, 1L, 0L, 0L);

        assertThat(verdict().verdict()).isEqualTo(Linearizability.VIOLATED);
    }

    @Test
    void aRefusedWriteHasNoEffect() {
        refused(invoked(1, PUT_7));
        answered(invoked(2, READ), 1, 1L, 0L, 0L, 0L, 0L);

        HistoryVerdict verdict = verdict();
        assertThat(verdict.verdict()).isEqualTo(Linearizability.HOLDS);
        assertThat(verdict.linearizability().unknown()).isZero();
    }

    @Test
    void aRefusedWriteThatTookEffectIsAViolation() {
        refused(invoked(1, PUT_7));
        log.add(new LogEvent(KEY, 7, 2));

        HistoryVerdict verdict = verdict();
        assertThat(verdict.verdict()).isEqualTo(Linearizability.VIOLATED);
        assertThat(verdict.deviations()).singleElement().asString().contains("refused", "value=7, revision=2");
    }

    @Test
    void aTransactionWhoseConditionDidNotHoldWritesNothing() {
        List<Step> read = List.of(new Step.Read());
        TxnCommand swap = new TxnCommand(SIZE, List.of(new Condition(0, 5)), List.of(new Step.Put(0, 7)), read);
        answered(invoked(1, swap), 1, 0L, 0L, 0L, 0L, 0L);

        assertThat(verdict().verdict()).isEqualTo(Linearizability.HOLDS);
    }

    @Test
    void aHistoryWithTooManyUnknownDeletionsIsNotDecided() {
        answered(invoked(1, PUT_7), 2, 1L);
        unanswered(invoked(2, DELETE));
        log.add(new LogEvent(KEY, 7, 2));
        log.add(new LogEvent(KEY, 0, 3));

        HistoryVerdict verdict = verdict();
        assertThat(verdict.verdict()).isEqualTo(Linearizability.NOT_DECIDED);
        assertThat(verdict.linearizability().unknown()).isOne();
    }

    @Test
    void theRecordedLinesAreJson(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("history.jsonl");
        try (HistoryRecorder recorder = new HistoryRecorder(file)) {
            recorder.answered(recorder.invoked(3, 1, 0, PUT_7), List.of(1L), 2);
            recorder.refused(recorder.invoked(5, 3, 0, PUT_8), "RESOURCE_EXHAUSTED");
            recorder.unanswered(recorder.invoked(4, 2, 0, READ), "DEADLINE_EXCEEDED");
            assertThat(recorder.refused()).isOne();
            assertThat(recorder.unanswered()).isOne();
        }
        assertThat(Files.readAllLines(file))
                .hasSize(6)
                .allSatisfy(line -> assertThat(line).startsWith("{\"event\":\"").endsWith("}"))
                .anySatisfy(line -> assertThat(line).contains("answered", "\"result\":[1]", "\"revision\":2"));
    }
}
