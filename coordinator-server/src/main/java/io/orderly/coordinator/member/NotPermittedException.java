package io.orderly.coordinator.member;

import io.orderly.coordinator.store.AuthRefusal;

/** The caller may not make this request. It had no effect. */
public final class NotPermittedException extends RuntimeException {

    private final AuthRefusal refusal;

    NotPermittedException(AuthRefusal refusal) {
        super("not permitted: " + refusal, null, false, false);
        this.refusal = refusal;
    }

    public AuthRefusal refusal() {
        return refusal;
    }
}
