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
 * <p>A lock can be lost while it is held. {@link CoordinatorLock#unlock} reports that afterwards; actions that two holders must not both
 * take are guarded by the {@linkplain #token token}.
 */
public final class CoordinatorLockRegistry implements ExpirableLockRegistry<CoordinatorLock> {

    private final CoordinatorClient client;
    private final String prefix;
    private final Map<Object, CoordinatorLock> locks = new ConcurrentHashMap<>();

    /**
     * @param prefix of the names of the locks in the coordinator. Applications with the same prefix share locks. No other lock or
     *     election may have the prefix as its name
     */
    public CoordinatorLockRegistry(CoordinatorClient client, String prefix) {
        this.client = client;
        this.prefix = prefix;
    }

    /**
     * @param lockKey whose text names the lock; a slash in it is escaped, since no lock's name may be that of another one followed by a
     *     slash
     */
    @Override
    public CoordinatorLock obtain(Object lockKey) {
        return locks.computeIfAbsent(lockKey, key -> new CoordinatorLock(client.lock(name(key))));
    }

    /** The token of a lock that the calling thread holds; empty if it does not hold it, or has lost it. */
    public Optional<FencingToken> token(Object lockKey) {
        CoordinatorLock lock = locks.get(lockKey);
        return lock == null ? Optional.empty() : lock.token();
    }

    /** Removes locks that no thread holds or waits for, and that were not used for this long. */
    @Override
    public void expireUnusedOlderThan(long ageMillis) {
        locks.values().removeIf(lock -> lock.isUnusedFor(ageMillis));
    }

    /** The name of a lock in the coordinator. */
    String name(Object lockKey) {
        String escaped = lockKey.toString().replace("%", "%25").replace("/", "%2F");
        return prefix + "/" + escaped;
    }
}
