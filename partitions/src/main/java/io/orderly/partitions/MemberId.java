package io.orderly.partitions;

import java.util.regex.Pattern;

/**
 * One registration of an instance: an instance that lost its lease, or was restarted, registers with another id. So an id that is gone never
 * comes back, and what was assigned to it is not taken up again by a later process. The id of the lease is a good part of it.
 *
 * @param value 1 to {@value #MAX_LENGTH} ASCII letters, digits, dots, hyphens and underscores
 */
public record MemberId(String value) implements Comparable<MemberId> {

    /** The longest id, in characters. */
    public static final int MAX_LENGTH = 100;

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]{1," + MAX_LENGTH + "}");

    /** @throws IllegalArgumentException if the value has another form */
    public MemberId {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "the id of a member has 1 to %d letters, digits, dots, hyphens and underscores"
                            .formatted(MAX_LENGTH));
        }
    }

    @Override
    public int compareTo(MemberId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
