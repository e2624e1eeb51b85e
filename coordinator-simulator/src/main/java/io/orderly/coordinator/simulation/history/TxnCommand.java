package io.orderly.coordinator.simulation.history;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A transaction on a small group of keys of the store: it compares, and then executes one of two lists of operations. The state has two
 * numbers for each key, its value and its version; both are 0 if the key does not exist. The result is 1 if the conditions held, otherwise
 * 0, followed by the results of the operations: a read returns the whole group, a deletion the number of deleted keys.
 *
 * @param size keys in the group
 */
public record TxnCommand(int size, List<Condition> conditions, List<Step> then, List<Step> otherwise)
        implements ModelCommand<List<Long>> {

    /** Compares the value of a key; 0 means that the key does not exist. */
    public record Condition(int key, long value) {

        @Override
        public String toString() {
            return key + "=" + value;
        }
    }

    /** One operation. */
    public sealed interface Step {

        record Put(int key, long value) implements Step {

            @Override
            public String toString() {
                return "put:" + key + ":" + value;
            }
        }

        record Delete(int key) implements Step {

            @Override
            public String toString() {
                return "delete:" + key;
            }
        }

        /** Returns the whole group, after the preceding steps. */
        record Read() implements Step {

            @Override
            public String toString() {
                return "read";
            }
        }
    }

    /** Reads the group. */
    public static TxnCommand read(int size) {
        return new TxnCommand(size, List.of(), List.of(new Step.Read()), List.of());
    }

    @Override
    public List<Long> initial() {
        return Stream.generate(() -> 0L).limit(2L * size).toList();
    }

    @Override
    public List<Long> next(List<Long> current) {
        return run(current, new ArrayList<>());
    }

    @Override
    public List<Long> result(List<Long> current) {
        List<Long> results = new ArrayList<>();
        run(current, results);
        return results;
    }

    private List<Long> run(List<Long> current, List<Long> results) {
        boolean holds = conditions.stream().allMatch(one -> current.get(2 * one.key) == one.value);
        results.add(holds ? 1L : 0L);
        List<Long> state = new ArrayList<>(current);
        for (Step step : holds ? then : otherwise) {
            switch (step) {
                case Step.Put(int key, long value) -> {
                    state.set(2 * key, value);
                    state.set(2 * key + 1, state.get(2 * key + 1) + 1);
                }
                case Step.Delete(int key) -> {
                    results.add(state.get(2 * key) == 0 ? 0L : 1L);
                    state.set(2 * key, 0L);
                    state.set(2 * key + 1, 0L);
                }
                case Step.Read _ -> results.addAll(state);
            }
        }
        return List.copyOf(state);
    }

    @Override
    public String toString() {
        return "transaction %d %s %s %s".formatted(size, words(conditions), words(then), words(otherwise));
    }

    private static String words(List<?> list) {
        return list.isEmpty() ? "-" : list.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    /** @throws IllegalArgumentException if the text does not have the format of {@link #toString} */
    static TxnCommand parse(String text) {
        String[] words = text.split(" ");
        if (words.length != 5) {
            throw new IllegalArgumentException("no transaction: " + text);
        }
        return new TxnCommand(
                Integer.parseInt(words[1]),
                list(words[2]).map(TxnCommand::condition).toList(),
                list(words[3]).map(TxnCommand::step).toList(),
                list(words[4]).map(TxnCommand::step).toList());
    }

    private static Stream<String> list(String text) {
        return text.equals("-") ? Stream.of() : Stream.of(text.split(","));
    }

    private static Condition condition(String text) {
        int equals = text.indexOf('=');
        return new Condition(Integer.parseInt(text.substring(0, equals)), Long.parseLong(text.substring(equals + 1)));
    }

    private static Step step(String text) {
        String[] words = text.split(":");
        return switch (words[0]) {
            case "put" -> new Step.Put(Integer.parseInt(words[1]), Long.parseLong(words[2]));
            case "delete" -> new Step.Delete(Integer.parseInt(words[1]));
            case "read" -> new Step.Read();
            default -> throw new IllegalArgumentException("no step: " + text);
        };
    }
}
