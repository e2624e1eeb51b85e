package io.orderly.gossip.protocol;

import io.orderly.gossip.member.MemberDescription;
import io.orderly.gossip.member.MemberState;
import io.orderly.gossip.message.Message;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** What is to be done after a step of a {@link GossipMember}. */
public sealed interface Effect {

    record Send(InetSocketAddress to, Message message) implements Effect {}

    /**
     * The view of a member changed.
     *
     * @param before null if the member was not known
     * @param after null if the member was forgotten
     */
    record Changed(@Nullable MemberState before, @Nullable MemberState after) implements Effect {}

    /**
     * Another member answered, and none has named another live process with the id of this one; or there is no seed to ask. Once at most.
     */
    record Joined() implements Effect {}

    /**
     * Another process with the id of this one started earlier, and answers. This process has to stop, without {@link GossipMember#leave}.
     *
     * @param other the process that has the id
     */
    record IdentityConflict(MemberDescription other) implements Effect {}
}
