package io.orderly.stack.link;

/**
 * A link on which a process opens connections to another process, with a name such as {@code order-service->kafka}.
 *
 * @param from the process that opens connections
 * @param to the process that accepts connections
 */
public record Link(String from, String to) {

    private static final String ARROW = "->";

    /** @throws IllegalArgumentException if the name does not have this form */
    public static Link named(String name) {
        String[] ends = name.split(ARROW, -1);
        if (ends.length != 2 || ends[0].isBlank() || ends[1].isBlank()) {
            throw new IllegalArgumentException("the name of a link has the form order-service->kafka, but is " + name);
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
