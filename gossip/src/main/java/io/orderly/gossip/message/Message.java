package io.orderly.gossip.message;

import io.orderly.gossip.member.MemberRecord;
import java.util.List;

/** A datagram between two members. */
public sealed interface Message {

    /** The record of the member that sent it, so that the receiver always knows how to respond. */
    MemberRecord sender();

    /** A message with attached updates. */
    sealed interface Carrier extends Message {
        List<Update> updates();
    }

    /**
     * Asks whether the receiver is there.
     *
     * @param nonce repeated by the {@link Ack}; a random number, so that only a process that received the ping can answer it
     * @param target the id of the member that is asked, or empty to ask whichever member has the address
     */
    record Ping(MemberRecord sender, long nonce, String target, List<Update> updates) implements Carrier {
        public Ping {
            updates = List.copyOf(updates);
        }
    }

    /** Answers a ping, or passes on the answer of a member that the receiver asked to be pinged. */
    record Ack(MemberRecord sender, long nonce, List<Update> updates) implements Carrier {
        public Ack {
            updates = List.copyOf(updates);
        }
    }

    /** Asks the receiver to ping a third member at the address that the receiver knows, and to pass on its answer. */
    record PingRequest(MemberRecord sender, long nonce, String target, List<Update> updates) implements Carrier {
        public PingRequest {
            updates = List.copyOf(updates);
        }
    }

    /**
     * A version vector of a range of ids.
     *
     * @param after the range begins after this id; empty for the first
     * @param upTo the last id of the range; empty for the end of all ids
     * @param entries what the sender knows within the range, ordered by id
     */
    record Digest(MemberRecord sender, String after, String upTo, List<DigestEntry> entries) implements Message {
        public Digest {
            entries = List.copyOf(entries);
        }

        /** Whether the id is within the range. */
        public boolean covers(String id) {
            return id.compareTo(after) > 0 && (upTo.isEmpty() || id.compareTo(upTo) <= 0);
        }
    }

    /**
     * What is newer at the sender, as an answer to a digest or to the {@code wanted} of such an answer.
     *
     * @param states ordered by id
     * @param more whether more would have been sent if the message could be longer; then the rest begins after the last of the states
     * @param wanted ids of members of which the receiver's knowledge is newer
     */
    record Delta(MemberRecord sender, List<Update.State> states, boolean more, List<String> wanted) implements Message {
        public Delta {
            states = List.copyOf(states);
            wanted = List.copyOf(wanted);
        }
    }
}
