package io.orderly.coordinator.peer;

import io.orderly.coordinator.connection.PeerTls;
import io.orderly.coordinator.connection.RefusalLog;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The common state of all connections of this member.
 *
 * @param tls empty if its connections are not encrypted
 */
record Endpoint(
        PeerIdentity self,
        Incarnations known,
        PeerSettings settings,
        Optional<PeerTls> tls,
        PeerMetrics metrics,
        RefusalLog refusals,
        RandomGenerator random) {}
