package io.orderly.coordinator.consensus;

import java.util.Arrays;

/** What a slot of the log holds. The machine looks into membership changes only. */
public sealed interface Payload {

    /** What is charged against the limits of batches, queues and logs, for the payload alone. */
    int sizeInBytes();

    /**
     * A command of a client, opaque here.
     *
     * @param bytes not copied, and never to be changed once handed in; at most {@value #MAX_BYTES} of them
     */
    record Command(byte[] bytes) implements Payload {

        /** The bound of the protocol. An acceptor takes any command up to it, whatever it would refuse as a leader. */
        public static final int MAX_BYTES = 2 << 20;

        @Override
        public int sizeInBytes() {
            return bytes.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Command(byte[] theirs) && Arrays.equals(bytes, theirs);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "command of %d bytes".formatted(bytes.length);
        }
    }

    /** Nothing: it takes a slot and changes no state. */
    record NoOp() implements Payload {

        @Override
        public int sizeInBytes() {
            return 0;
        }

        @Override
        public String toString() {
            return "no-op";
        }
    }

    /**
     * The members that decide on every slot after the one which holds this, once it is decided itself. It is void if another change
     * has been decided since the membership on which it is based.
     *
     * @param basis the {@linkplain EffectiveMembership#slot() slot} of the membership that was changed
     * @param membership in full, not as a difference
     */
    record MembershipChange(long basis, Membership membership) implements Payload {

        @Override
        public int sizeInBytes() {
            return Long.BYTES
                    + Integer.BYTES
                            * (membership.voters().size()
                                    + membership.learners().size());
        }

        @Override
        public String toString() {
            return "membership %s based on slot %d".formatted(membership, basis);
        }
    }
}
