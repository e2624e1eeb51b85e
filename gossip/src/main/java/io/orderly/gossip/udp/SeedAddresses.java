package io.orderly.gossip.udp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The addresses of seeds. Resolves host names on threads of its own, since a name server may take long. */
final class SeedAddresses {

    private static final long RESOLVE_NANOS = Duration.ofSeconds(10).toNanos();

    private final List<InetSocketAddress> seeds;
    private final Runnable onResolved;
    private final AtomicBoolean resolving = new AtomicBoolean();
    private volatile List<InetSocketAddress> resolved;
    private volatile long resolvedAtNanos = System.nanoTime() - RESOLVE_NANOS;

    /** @param onResolved called on another thread after each time that the names were resolved, as far as they could */
    SeedAddresses(List<InetSocketAddress> seeds, Runnable onResolved) {
        this.seeds = seeds;
        this.onResolved = onResolved;
        this.resolved = seeds.stream().filter(seed -> !seed.isUnresolved()).toList();
    }

    /** The addresses that were found the last time; looks for them again if that is some time ago. */
    List<InetSocketAddress> get() {
        if (System.nanoTime() - resolvedAtNanos >= RESOLVE_NANOS && resolving.compareAndSet(false, true)) {
            Thread.ofVirtual().name("gossip-seeds").start(this::resolve);
        }
        return resolved;
    }

    private void resolve() {
        try {
            resolved = seeds.stream()
                    .map(seed -> new InetSocketAddress(seed.getHostString(), seed.getPort()))
                    .filter(seed -> !seed.isUnresolved())
                    .toList();
        } finally {
            // sooner if a name is not known yet
            long wait = resolved.size() == seeds.size() ? 0 : RESOLVE_NANOS * 9 / 10;
            resolvedAtNanos = System.nanoTime() - wait;
            resolving.set(false);
        }
        onResolved.run();
    }
}
