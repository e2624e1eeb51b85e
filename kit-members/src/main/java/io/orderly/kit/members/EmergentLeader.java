package io.orderly.kit.members;

import io.orderly.gossip.protocol.View;

/**
 * Chooses an instance of the service for work that one instance is enough for, and that two may do at the same time: the live one that started first,
 * as each instance sees it. Thread-safe; does not wait.
 *
 * <p>For a while, two instances may take themselves for the leader, or none: until an instance that was killed is seen as dead. What must be done
 * once needs an election.
 */
@FunctionalInterface
public interface EmergentLeader {

    /** Without members, each instance does the work. */
    EmergentLeader EVERY_INSTANCE = () -> true;

    /** Whether this instance leads now, as far as it knows; true as long as it knows no leader. */
    boolean isSelf();

    /** @param service the one that this instance is an instance of */
    static EmergentLeader of(String service, KnownMembers members) {
        return () -> {
            View view = members.view();
            return view.leader(service)
                    .map(leader -> leader.id().equals(view.self()))
                    .orElse(true);
        };
    }
}
