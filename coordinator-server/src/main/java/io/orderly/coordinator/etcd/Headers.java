package io.orderly.coordinator.etcd;

import io.orderly.coordinator.api.etcd.ResponseHeader;
import io.orderly.coordinator.member.Coordinator;

/** Response headers. The term is the round of the highest ballot that this member has promised. */
final class Headers {

    private final Coordinator coordinator;

    Headers(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    /** With the newest revision of this member. */
    ResponseHeader now() {
        return at(coordinator.revision());
    }

    ResponseHeader at(long revision) {
        return header().setRevision(revision).build();
    }

    ResponseHeader withoutRevision() {
        return header().build();
    }

    private ResponseHeader.Builder header() {
        return ResponseHeader.newBuilder()
                .setClusterId(coordinator.clusterId())
                .setMemberId(coordinator.self().value())
                .setRaftTerm(coordinator.status().promised().round());
    }
}
