package io.orderly.lab.torture.coordinator;

import io.orderly.coordinator.simulation.history.TxnCommand;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records the operations of all clients in one order, and writes each as a line of JSON. Thread-safe. An invocation is recorded before it
 * is sent and an answer after it was received, so the order contains the order in real time.
 */
final class HistoryRecorder implements AutoCloseable {

    private final long startNanos = System.nanoTime();
    private final List<RecordedEvent> events = new ArrayList<>();
    private final BufferedWriter file;
    private int operations;
    private int answered;
    private int refused;
    private int unanswered;

    HistoryRecorder(Path path) throws IOException {
        file = Files.newBufferedWriter(path);
    }

    /** @return the number of the operation */
    synchronized int invoked(int client, int member, int group, TxnCommand command) {
        int operation = operations++;
        add(new RecordedEvent.Invoked(operation, nowMicros(), client, member, group, command.toString()));
        return operation;
    }

    synchronized void answered(int operation, List<Long> result, long revision) {
        answered++;
        add(new RecordedEvent.Answered(operation, nowMicros(), result, revision));
    }

    /** The operation was refused without effect. */
    synchronized void refused(int operation, String reason) {
        refused++;
        add(new RecordedEvent.Refused(operation, nowMicros(), reason));
    }

    synchronized void unanswered(int operation, String reason) {
        unanswered++;
        add(new RecordedEvent.Unanswered(operation, nowMicros(), reason));
    }

    synchronized List<RecordedEvent> events() {
        return List.copyOf(events);
    }

    synchronized int answered() {
        return answered;
    }

    synchronized int refused() {
        return refused;
    }

    synchronized int unanswered() {
        return unanswered;
    }

    /** Completes the file. */
    @Override
    public synchronized void close() throws IOException {
        file.close();
    }

    private long nowMicros() {
        return (System.nanoTime() - startNanos) / 1_000;
    }

    private void add(RecordedEvent event) {
        events.add(event);
        try {
            file.write(JsonMapper.shared().writeValueAsString(event));
            file.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
