package io.orderly.coordinator.client.autoconfigure;

import io.orderly.coordinator.client.CoordinatorClient;
import io.orderly.coordinator.client.FencingToken;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.integration.support.locks.ExpirableLockRegistry;

/**
 * Locks of the coordinator for Spring Integration. They are renewed until they are unlocked. Thread-safe.
 *
 * <p>A lock can be lost while it is held. {@link CoordinatorLock#unlock} tells it afterwards; what must not be done by two holders is
 * guarded by the {@linkplain #token token}.
 */
public final class CoordinatorLockRegistry implements ExpirableLockRegistry<CoordinatorLock> {

    private final CoordinatorClient client;
    private final String prefix;
    private final Map<Object, CoordinatorLock> locks = new ConcurrentHashMap<>();

    /** @param prefix of the names of the locks in the coordinator. Applications with the same prefix share locks */
    public CoordinatorLockRegistry(CoordinatorClient client, String prefix) {
        this.client = client;
        this.prefix = prefix;
    }

    /** @param lockKey whose text names the lock */
    @Override
    public CoordinatorLock obtain(Object lockKey) {
        return locks.computeIfAbsent(lockKey, key -> new CoordinatorLock(client.lock(prefix + "/" + key)));
    }

    /** The token of a lock that the calling thread holds; empty if it does not hold it, or has lost it. */
    public Optional<FencingToken> token(Object lockKey) {
        CoordinatorLock lock = locks.get(lockKey);
        return lock == null ? Optional.empty() : lock.token();
    }

    /** Forgets locks that no thread holds or waits for, and that were not used for so long. */
    @Override
    public void expireUnusedOlderThan(long ageMillis) {
        locks.values().removeIf(lock -> lock.isUnusedFor(ageMillis));
    }
}
