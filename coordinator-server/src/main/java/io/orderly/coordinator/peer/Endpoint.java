package io.orderly.coordinator.peer;

import java.util.random.RandomGenerator;

/** The common state of all connections of this member. */
record Endpoint(
        PeerIdentity self,
        Incarnations known,
        PeerSettings settings,
        PeerMetrics metrics,
        RefusalLog refusals,
        RandomGenerator random) {}
