package io.orderly.coordinator.simulation.history;

import java.util.List;

/**
 * A command on one key of the replicated map. The value of a key that was never written is 0. Results contain as much as possible, so that
 * the checker detects more errors.
 */
public sealed interface MapCommand extends ModelCommand<Long> {

    /** @return the result that the client receives */
    long answer(long current);

    @Override
    default Long initial() {
        return 0L;
    }

    @Override
    default List<Long> result(Long current) {
        return List.of(answer(current));
    }

    /** Returns the value of the key. */
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

    /** Returns the previous value of the key. */
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

    /** Returns the sum. */
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

    /** Returns 1 if the value was replaced, 0 if the key had another value. */
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

    /** @throws IllegalArgumentException if the text does not have the format of a command's {@code toString} */
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
