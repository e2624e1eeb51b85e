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

    /** A process with the same id started earlier and lives. The node stopped; so should this process. */
    void conflict(MemberDescription other);
}
