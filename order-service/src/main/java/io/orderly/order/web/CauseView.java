package io.orderly.order.web;

import io.orderly.order.saga.Cause;
import org.jspecify.annotations.Nullable;

/** The reason of a failure: a stable code and a sentence for humans. */
public record CauseView(String reason, String detail) {

    public static CauseView of(Cause cause) {
        return new CauseView(cause.reason(), cause.detail());
    }

    /** Null if there is no cause. */
    static @Nullable CauseView ofNullable(@Nullable Cause cause) {
        return cause == null ? null : of(cause);
    }
}
