package io.orderly.coordinator.simulation.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What clients asked and were told, in the one order in which it happened. */
public final class History {

    private final List<Event> events = new ArrayList<>();

    public void add(Event event) {
        events.add(event);
    }

    public List<Event> events() {
        return Collections.unmodifiableList(events);
    }

    /** Writes one line for each event. */
    public void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder(events.size() * 40);
        for (Event event : events) {
            text.append(event.atMicros()).append(' ').append(event.operation()).append(' ');
            switch (event) {
                case Event.Invoked invoked ->
                    text.append("invoked ")
                            .append(invoked.client())
                            .append(' ')
                            .append(invoked.key())
                            .append(' ')
                            .append(invoked.command());
                case Event.Answered answered ->
                    text.append("answered")
                            .append(answered.result().stream()
                                    .map(value -> " " + value)
                                    .collect(Collectors.joining()));
                case Event.FoundDone _ -> text.append("found-done");
                case Event.NeverHappened _ -> text.append("never-happened");
            }
            text.append('\n');
        }
        Files.writeString(file, text);
    }

    /** @throws IllegalArgumentException if a line is not what {@link #write} makes */
    public static History read(Path file) throws IOException {
        History history = new History();
        for (String line : Files.readAllLines(file)) {
            history.add(parse(line));
        }
        return history;
    }

    private static Event parse(String line) {
        String[] words = line.split(" ", 6);
        long atMicros = Long.parseLong(words[0]);
        int operation = Integer.parseInt(words[1]);
        return switch (words[2]) {
            case "invoked" ->
                new Event.Invoked(
                        operation,
                        Integer.parseInt(words[3]),
                        Integer.parseInt(words[4]),
                        Command.parse(words[5]),
                        atMicros);
            case "answered" ->
                new Event.Answered(
                        operation,
                        Stream.of(line.split(" ")).skip(3).map(Long::valueOf).toList(),
                        atMicros);
            case "found-done" -> new Event.FoundDone(operation, atMicros);
            case "never-happened" -> new Event.NeverHappened(operation, atMicros);
            default -> throw new IllegalArgumentException("no event: " + line);
        };
    }
}
