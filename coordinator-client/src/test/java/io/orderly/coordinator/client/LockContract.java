package io.orderly.coordinator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A lock has one holder at a time, with an increasing token, and an attempt that ends leaves no key. */
interface LockContract extends ContractRun {

    @Test
    default void grantsTheLockToOneHolderAtATimeWithIncreasingTokens() throws Exception {
        AtomicInteger holders = new AtomicInteger();
        List<FencingToken> tokens = Collections.synchronizedList(new ArrayList<>());
        List<CoordinatorClient> both = List.of(client(), anotherClient());
        List<Future<?>> workers = new ArrayList<>();
        for (int worker = 0; worker < 4; worker++) {
            DistributedLock lock = both.get(worker % 2).lock(key("lock").toUtf8());
            workers.add(threads().submit(() -> {
                for (int i = 0; i < 3; i++) {
                    try (HeldLock held = lock.tryAcquire(LONG).orElseThrow()) {
                        assertThat(holders.incrementAndGet()).isEqualTo(1);
                        assertThat(held.isHeld()).isTrue();
                        tokens.add(held.token());
                        holders.decrementAndGet();
                    }
                }
                return null;
            }));
        }
        for (Future<?> worker : workers) {
            worker.get(60, TimeUnit.SECONDS);
        }
        assertThat(tokens).hasSize(12).isSorted().doesNotHaveDuplicates();
    }

    @Test
    default void leavesNoKeyOfAnAttemptThatTimedOutOrWasInterrupted() throws Exception {
        String name = key("lock").toUtf8();
        try (HeldLock held = client().lock(name).tryAcquire(LONG).orElseThrow()) {
            assertThat(anotherClient().lock(name).tryAcquire(Duration.ofMillis(300)))
                    .isEmpty();
            CountDownLatch interrupted = new CountDownLatch(1);
            Thread waiting = Thread.ofVirtual().start(() -> {
                try {
                    client().lock(name).tryAcquire(LONG);
                } catch (InterruptedException _) {
                    interrupted.countDown();
                }
            });
            await().atMost(LONG).until(() -> keys(name).size() == 2);
            waiting.interrupt();
            assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
            await().atMost(LONG).until(() -> keys(name).size() == 1);
            assertThat(held.isHeld()).isTrue();
        }
        assertThat(keys(name)).isEmpty();
    }

    @Test
    default void acquiresALockIfTheResponsesAreLost() throws Exception {
        String name = key("lock").toUtf8();
        CoordinatorClient unlucky = clientWithLostResponses(settings());
        loseResponses(3);
        try (HeldLock held = unlucky.lock(name).tryAcquire(LONG).orElseThrow()) {
            assertThat(keys(name))
                    .singleElement()
                    .satisfies(key -> assertThat(key.createRevision())
                            .isEqualTo(held.token().value()));
        }
    }

    @Test
    default void notifiesTheHolderThatItsLockIsLost() throws Exception {
        String name = key("lock").toUtf8();
        CountDownLatch lost = new CountDownLatch(1);
        HeldLock held = client().lock(name).tryAcquire(LONG, lost::countDown).orElseThrow();
        anotherClient().delete(keys(name).getFirst().key()).orThrow();
        assertThat(lost.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(held.isHeld()).isFalse();
        held.close();
    }
}
