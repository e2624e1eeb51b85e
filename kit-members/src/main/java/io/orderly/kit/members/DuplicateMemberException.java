package io.orderly.kit.members;

import io.orderly.gossip.member.MemberDescription;

/** Another live process has the id of this instance, so this one does not start. */
final class DuplicateMemberException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DuplicateMemberException(String id, MemberDescription other) {
        super("Another live process has the id %s: it receives gossip at %s, and requests at %s"
                .formatted(id, MemberView.text(other.gossipAddress()), other.httpUrl()));
    }
}
