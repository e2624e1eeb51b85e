package io.orderly.stack.link;

/**
 * One process that opens connections to another. Its name reads {@code order-service->kafka}.
 *
 * @param from the process that opens them
 * @param to the process that accepts them
 */
public record Link(String from, String to) {

    private static final String ARROW = "->";

    /** @throws IllegalArgumentException if the name has no arrow */
    public static Link named(String name) {
        String[] ends = name.split(ARROW, -1);
        if (ends.length != 2 || ends[0].isBlank() || ends[1].isBlank()) {
            throw new IllegalArgumentException("a link is named like order-service->kafka, not " + name);
        }
        return new Link(ends[0], ends[1]);
    }

    public String name() {
        return from + ARROW + to;
    }

    @Override
    public String toString() {
        return name();
    }
}
