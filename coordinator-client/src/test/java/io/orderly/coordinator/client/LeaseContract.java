package io.orderly.coordinator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.coordinator.store.Bytes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A lease lives while it is renewed, and is reported as lost before its deadline. */
interface LeaseContract extends ContractRun {

    @Test
    default void keepsALeaseAliveAndEndsItWhenItIsClosed() {
        AtomicInteger lost = new AtomicInteger();
        Lease lease = client().lease(Duration.ofSeconds(2), lost::incrementAndGet);
        client().put(key("a"), Bytes.utf8("1"), lease).orThrow();
        await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(6)).until(lease::isValid);
        assertThat(client().get(key("a"))).isPresent();
        lease.close();
        assertThat(client().get(key("a"))).isEmpty();
        assertThat(lease.isValid()).isFalse();
        assertThat(lost).hasValue(0);
    }

    @Test
    default void reportsALostLeaseOnceBeforeItsDeadlineIfNoMemberResponds() {
        AtomicInteger lost = new AtomicInteger();
        Lease lease = client().lease(Duration.ofSeconds(3), lost::incrementAndGet);
        long paused = System.nanoTime();
        members().pause();
        try {
            await().atMost(LONG).until(() -> lost.get() > 0);
            assertThat(Duration.ofNanos(System.nanoTime() - paused)).isLessThan(Duration.ofSeconds(3));
            assertThat(lease.isValid()).isFalse();
            assertThat(lease.remaining()).isZero();
        } finally {
            members().resume();
        }
        awaitAllMembers();
        assertThat(lease.isValid()).isFalse();
        assertThat(lost).hasValue(1);
    }
}
