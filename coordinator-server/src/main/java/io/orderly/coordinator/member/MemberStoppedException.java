package io.orderly.coordinator.member;

/** The member was stopped before it answered. Whether the request has taken effect is unknown. */
public final class MemberStoppedException extends RuntimeException {

    MemberStoppedException() {
        super("the member was stopped; whether the request has taken effect is unknown");
    }
}
