package io.orderly.order.web;

import io.orderly.order.saga.Cause;

/** Why something did not go as hoped: a stable code, and a sentence for people. */
public record CauseView(String reason, String detail) {

    public static CauseView of(Cause cause) {
        return new CauseView(cause.reason(), cause.detail());
    }
}
