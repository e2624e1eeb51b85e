package io.orderly.coordinator.rest;

import io.orderly.clock.HybridTimestamp;
import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.member.Coordinator;
import io.orderly.coordinator.member.HybridTime;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The progress of the responding member, which each response has in its headers.
 *
 * @param revision the newest that it has applied
 * @param ballot of its leader; that with round 0 if it knows none
 * @param hybridTime of the member
 */
record Position(long revision, Ballot ballot, HybridTimestamp hybridTime) {

    static final String REVISION = "Orderly-Revision";
    static final String BALLOT = "Orderly-Ballot";

    static Position of(Coordinator coordinator) {
        return new Position(
                coordinator.revision(),
                coordinator.status().ballot(),
                coordinator.clock().now());
    }

    /** Replaces an earlier position. */
    void writeTo(HttpServletResponse response) {
        response.setHeader(REVISION, Long.toString(revision));
        response.setHeader(BALLOT, ballot.toString());
        response.setHeader(HybridTime.HEADER, hybridTime.toString());
    }
}
