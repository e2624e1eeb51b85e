package io.orderly.coordinator.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.clock.HybridTimestamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Timestamps increase across clients. */
interface TimestampContract extends ContractRun {

    @Test
    default void allocatesIncreasingTimestampsAcrossClients() throws Exception {
        AtomicReference<HybridTimestamp> highest = new AtomicReference<>(HybridTimestamp.MIN);
        List<HybridTimestamp> all = Collections.synchronizedList(new ArrayList<>());
        List<Future<?>> callers = new ArrayList<>();
        for (CoordinatorClient one : List.of(client(), anotherClient(), anotherClient())) {
            Timestamps timestamps = one.timestamps();
            callers.add(threads().submit(() -> {
                for (int i = 0; i < 30; i++) {
                    HybridTimestamp acknowledged = highest.get();
                    HybridTimestamp next = timestamps.next();
                    assertThat(next).isGreaterThan(acknowledged);
                    highest.accumulateAndGet(next, (a, b) -> a.compareTo(b) > 0 ? a : b);
                    all.add(next);
                }
            }));
        }
        for (Future<?> caller : callers) {
            caller.get(60, TimeUnit.SECONDS);
        }
        assertThat(all).hasSize(90).doesNotHaveDuplicates();
    }
}
