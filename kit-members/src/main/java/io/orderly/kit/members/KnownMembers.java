package io.orderly.kit.members;

import io.orderly.gossip.protocol.View;

/** The members as this instance sees them, for choices that may be wrong. Thread-safe; does not wait. */
@FunctionalInterface
public interface KnownMembers {

    /** Without members before this instance started to gossip; as it was at the end after this instance left. */
    View view();
}
