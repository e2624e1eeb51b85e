package io.orderly.gossip.udp;

import io.orderly.gossip.member.MemberDescription;
import io.orderly.gossip.member.MemberState;
import org.jspecify.annotations.Nullable;

/** Is told what happens to a {@link GossipNode}, on its thread; must not block. */
public interface GossipListener {

    /**
     * The view of a member changed.
     *
     * @param before null if it was not known
     * @param after null if it was forgotten
     */
    void changed(@Nullable MemberState before, @Nullable MemberState after);

    /**
     * This node is a member, as far as is known: another one answered and knows no other live process with its id, or there are no seeds to
     * ask. Called once at most; not called while no seed answers, and not if there is a conflict first.
     */
    default void joined() {}

    /** A process with the same id started earlier and lives. The node stopped; so should this process. */
    void conflict(MemberDescription other);
}
