package io.orderly.coordinator.consensus;

import java.util.Arrays;

/** The value of a slot. The replica interprets membership changes only. */
public sealed interface Payload {

    /** The size that counts towards the limits of batches, queues and logs. */
    int sizeInBytes();

    /**
     * A command of a client, opaque here.
     *
     * @param bytes not copied, and never to be changed once handed in; at most {@value #MAX_BYTES} of them
     */
    record Command(byte[] bytes) implements Payload {

        /** The limit of the protocol. An acceptor accepts any command up to it, even if it would refuse it as a leader. */
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

    /** It occupies a slot and changes no state. */
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
     * The members that decide every slot after this one, once it is decided itself. It is void if another change has been decided
     * since the membership on which it is based.
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
