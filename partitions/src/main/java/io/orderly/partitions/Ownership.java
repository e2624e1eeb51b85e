package io.orderly.partitions;

/**
 * Who may work on a partition. A partition changes its owner in this order: owned, leaving, then owned by another; or owned, then owned by
 * another, if the registration of the first owner has ended.
 */
public sealed interface Ownership {

    /** No member may work on the partition. */
    record Unowned() implements Ownership {}

    /**
     * The owner may work on the partition while its lease is valid.
     *
     * @param token the generation of the map that gave it the partition; above 0, and above all earlier tokens of the partition
     */
    record Owned(MemberId owner, long token) implements Ownership {

        /** @throws IllegalArgumentException if the token is not above 0 */
        public Owned {
            if (token <= 0) {
                throw new IllegalArgumentException("a token is above 0, not " + token);
            }
        }
    }

    /**
     * The owner has to stop. The partition has no other owner until it has acknowledged that, or its registration has ended.
     *
     * @param token that the owner has; above 0
     * @param since the generation of the map that asked it to stop; above the token
     */
    record Leaving(MemberId owner, long token, long since) implements Ownership {

        /** @throws IllegalArgumentException if the token is not above 0, or not below {@code since} */
        public Leaving {
            if (token <= 0 || since <= token) {
                throw new IllegalArgumentException(
                        "a token is above 0 and below the generation that withdraws it, not %d and %d"
                                .formatted(token, since));
            }
        }
    }

    /** The only value without an owner. */
    Unowned UNOWNED = new Unowned();

    /** The generation of the map that wrote this; 0 if unowned. */
    default long writtenIn() {
        return switch (this) {
            case Unowned _ -> 0;
            case Owned(MemberId _, long token) -> token;
            case Leaving(MemberId _, long _, long since) -> since;
        };
    }

    /** The token of the last owner; 0 if unowned. */
    default long lastToken() {
        return switch (this) {
            case Unowned _ -> 0;
            case Owned(MemberId _, long token) -> token;
            case Leaving(MemberId _, long token, long _) -> token;
        };
    }
}
