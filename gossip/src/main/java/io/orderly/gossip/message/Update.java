package io.orderly.gossip.message;

import io.orderly.gossip.member.Claim;
import io.orderly.gossip.member.MemberState;
import io.orderly.gossip.member.MemberText;

/** Something to know about a member, attached to messages. */
public sealed interface Update {

    /** The member that the update is about. */
    String id();

    /** A member with its record. */
    record State(MemberState state) implements Update {
        @Override
        public String id() {
            return state.id();
        }
    }

    /** A claim about a member whose record is known already. */
    record About(String id, Claim claim) implements Update {

        /** @throws IllegalArgumentException if the id is not a name */
        public About {
            MemberText.requireName("id", id);
        }
    }
}
