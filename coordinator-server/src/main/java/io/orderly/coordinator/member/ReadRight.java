package io.orderly.coordinator.member;

import io.orderly.coordinator.store.AuthState;
import io.orderly.coordinator.store.KeyRange;
import org.jspecify.annotations.Nullable;

/**
 * The right of a caller to be told of changes of keys, for as long as it watches them. It is decided again when users or roles have changed: the
 * watch of a member that lags behind would otherwise go on with the rights of the past. One thread at a time.
 */
public final class ReadRight {

    private final GuardedCoordinator coordinator;
    private final KeyRange keys;
    private @Nullable AuthState decidedBy;

    public ReadRight(GuardedCoordinator coordinator, KeyRange keys) {
        this.coordinator = coordinator;
        this.keys = keys;
    }

    /**
     * To be called before the caller is told anything.
     *
     * @throws NotPermittedException if the caller may not read the keys, or not any more
     */
    public void require() {
        AuthState now = coordinator.auth();
        if (now != decidedBy) {
            coordinator.requireReader(keys);
            decidedBy = now;
        }
    }
}
