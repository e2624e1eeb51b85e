package io.orderly.coordinator.simulation.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The requests and responses of clients, in order. */
public final class History {

    private final List<HistoryEvent> events = new ArrayList<>();

    public void add(HistoryEvent event) {
        events.add(event);
    }

    public List<HistoryEvent> events() {
        return Collections.unmodifiableList(events);
    }

    /** Writes one line for each event. */
    public void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder(events.size() * 40);
        for (HistoryEvent event : events) {
            text.append(event.atMicros()).append(' ').append(event.operation()).append(' ');
            switch (event) {
                case HistoryEvent.Invoked invoked ->
                    text.append("invoked ")
                            .append(invoked.client())
                            .append(' ')
                            .append(invoked.key())
                            .append(' ')
                            .append(invoked.command());
                case HistoryEvent.Answered answered ->
                    text.append("answered")
                            .append(answered.result().stream()
                                    .map(value -> " " + value)
                                    .collect(Collectors.joining()));
                case HistoryEvent.FoundDone _ -> text.append("found-done");
                case HistoryEvent.NeverHappened _ -> text.append("never-happened");
            }
            text.append('\n');
        }
        Files.writeString(file, text);
    }

    /** @throws IllegalArgumentException if a line does not have the format of {@link #write} */
    public static History read(Path file) throws IOException {
        History history = new History();
        for (String line : Files.readAllLines(file)) {
            history.add(parse(line));
        }
        return history;
    }

    private static HistoryEvent parse(String line) {
        String[] words = line.split(" ", 6);
        long atMicros = Long.parseLong(words[0]);
        int operation = Integer.parseInt(words[1]);
        return switch (words[2]) {
            case "invoked" ->
                new HistoryEvent.Invoked(
                        operation,
                        Integer.parseInt(words[3]),
                        Integer.parseInt(words[4]),
                        ModelCommand.parse(words[5]),
                        atMicros);
            case "answered" ->
                new HistoryEvent.Answered(
                        operation,
                        Stream.of(line.split(" ")).skip(3).map(Long::valueOf).toList(),
                        atMicros);
            case "found-done" -> new HistoryEvent.FoundDone(operation, atMicros);
            case "never-happened" -> new HistoryEvent.NeverHappened(operation, atMicros);
            default -> throw new IllegalArgumentException("no event: " + line);
        };
    }
}
