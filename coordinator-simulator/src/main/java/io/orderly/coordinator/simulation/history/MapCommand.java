package io.orderly.coordinator.simulation.history;

import java.util.List;

/**
 * What a client may ask of one key of the map that the proofs replicate. A key that was never written holds 0. Results tell as
 * much as they can, so that little escapes the checker.
 */
public sealed interface MapCommand extends ModelCommand<Long> {

    /** @return what the client is told */
    long answer(long current);

    @Override
    default Long initial() {
        return 0L;
    }

    @Override
    default List<Long> result(Long current) {
        return List.of(answer(current));
    }

    /** Answers with what the key holds. */
    record Get() implements MapCommand {

        @Override
        public Long next(Long current) {
            return current;
        }

        @Override
        public long answer(long current) {
            return current;
        }

        @Override
        public String toString() {
            return "get";
        }
    }

    /** Answers with what the key held before. */
    record Put(long value) implements MapCommand {

        @Override
        public Long next(Long current) {
            return value;
        }

        @Override
        public long answer(long current) {
            return current;
        }

        @Override
        public String toString() {
            return "put " + value;
        }
    }

    /** Answers with the sum. */
    record Add(long amount) implements MapCommand {

        @Override
        public Long next(Long current) {
            return current + amount;
        }

        @Override
        public long answer(long current) {
            return current + amount;
        }

        @Override
        public String toString() {
            return "add " + amount;
        }
    }

    /** Answers with 1 if the value was exchanged, with 0 if something else was found. */
    record CompareAndSet(long expected, long value) implements MapCommand {

        @Override
        public Long next(Long current) {
            return current == expected ? value : current;
        }

        @Override
        public long answer(long current) {
            return current == expected ? 1 : 0;
        }

        @Override
        public String toString() {
            return "compare-and-set " + expected + " " + value;
        }
    }

    /** @throws IllegalArgumentException if the words are not what a command's {@code toString} gives */
    static MapCommand parse(String text) {
        String[] words = text.split(" ");
        return switch (words[0]) {
            case "get" -> new Get();
            case "put" -> new Put(Long.parseLong(words[1]));
            case "add" -> new Add(Long.parseLong(words[1]));
            case "compare-and-set" -> new CompareAndSet(Long.parseLong(words[1]), Long.parseLong(words[2]));
            default -> throw new IllegalArgumentException("no command: " + text);
        };
    }
}
