package io.orderly.gossip.message;

import io.orderly.gossip.member.Claim;
import io.orderly.gossip.member.MemberState;
import io.orderly.gossip.member.MemberText;
import io.orderly.gossip.member.Version;

/** How new the sender's knowledge of a member is: a component of its version vector. */
public record DigestEntry(String id, Version version, Claim claim) {

    /** @throws IllegalArgumentException if the id is not a name */
    public DigestEntry {
        MemberText.requireName("id", id);
    }

    public static DigestEntry of(MemberState state) {
        return new DigestEntry(state.id(), state.record().version(), state.claim());
    }

    /** Whether the state contains something that this entry does not. */
    public boolean isOlderThan(MemberState state) {
        return version.compareTo(state.record().version()) < 0 || claim.compareTo(state.claim()) < 0;
    }

    /** Whether this entry contains something that the state does not. */
    public boolean isNewerThan(MemberState state) {
        return version.compareTo(state.record().version()) > 0 || claim.compareTo(state.claim()) > 0;
    }
}
