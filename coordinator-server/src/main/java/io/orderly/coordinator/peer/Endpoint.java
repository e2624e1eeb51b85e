package io.orderly.coordinator.peer;

import java.util.random.RandomGenerator;

/** What all connections of this member share. */
record Endpoint(
        PeerIdentity self,
        Incarnations known,
        PeerSettings settings,
        PeerMetrics metrics,
        RefusalLog refusals,
        RandomGenerator random) {}
