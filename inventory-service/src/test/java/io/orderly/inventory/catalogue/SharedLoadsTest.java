package io.orderly.inventory.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderly.contracts.Sku;
import io.orderly.inventory.catalogue.ProductLoads.Loaded;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

class SharedLoadsTest {

    private static final Sku LAMP = new Sku("LAMP-1");
    private static final Sku RUG = new Sku("RUG-1");
    private static final Loaded FIRST = new Loaded(Optional.empty(), 1);
    private static final Loaded SECOND = new Loaded(Optional.empty(), 2);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final SharedLoads loads = new SharedLoads(TIMEOUT);
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        requests.shutdownNow();
    }

    @Test
    void requestsThatNeedAProductAtTheSameTimeGetTheResultOfOneLoad() {
        var load = new BlockedLoad();
        CompletableFuture<Loaded> first = request(loads, load);
        load.awaitBegun(1);
        List<CompletableFuture<Loaded>> others =
                IntStream.range(0, 20).mapToObj(_ -> request(loads, load)).toList();
        awaitWaiting(20);

        load.end(FIRST);

        assertThat(first).succeedsWithin(TIMEOUT).isSameAs(FIRST);
        assertThat(others)
                .allSatisfy(other -> assertThat(other).succeedsWithin(TIMEOUT).isSameAs(FIRST));
        assertThat(load.begun).hasValue(1);
        assertThat(loads.load(LAMP, () -> SECOND)).as("a later request").isSameAs(SECOND);
    }

    @Test
    void productsAreLoadedIndependentlyOfEachOther() {
        var load = new BlockedLoad();
        request(loads, load);
        load.awaitBegun(1);

        assertThat(loads.load(RUG, () -> SECOND)).isSameAs(SECOND);
        load.end(FIRST);
    }

    @Test
    void aFailureIsThatOfAllWhoWaitAndTheNextRequestLoadsAgain() {
        var load = new BlockedLoad();
        CompletableFuture<Loaded> first = request(loads, load);
        load.awaitBegun(1);
        CompletableFuture<Loaded> other = request(loads, load);
        awaitWaiting(1);

        var failure = new QueryTimeoutException("slow");
        load.fail(failure);

        for (CompletableFuture<Loaded> each : List.of(first, other)) {
            assertThat(each).failsWithin(TIMEOUT).withThrowableThat().withCause(failure);
        }
        assertThat(loads.load(LAMP, () -> SECOND)).isSameAs(SECOND);
    }

    @Test
    void aRequestAfterAChangeDoesNotGetWhatWasReadBefore() {
        for (Runnable change : List.<Runnable>of(() -> loads.forget(LAMP), loads::forgetAll)) {
            var load = new BlockedLoad();
            CompletableFuture<Loaded> before = request(loads, load);
            load.awaitBegun(1);

            change.run();

            assertThat(loads.load(LAMP, () -> SECOND)).isSameAs(SECOND);
            load.end(FIRST);
            assertThat(before).succeedsWithin(TIMEOUT).isSameAs(FIRST);
        }
    }

    @Test
    void aRequestDoesNotWaitLongerThanItsPatienceAndTheNextOneLoadsByItself() {
        var impatient = new SharedLoads(Duration.ofMillis(50));
        var load = new BlockedLoad();
        CompletableFuture<Loaded> first = request(impatient, load);
        load.awaitBegun(1);

        assertThatThrownBy(() -> impatient.load(LAMP, () -> SECOND)).isInstanceOf(QueryTimeoutException.class);
        assertThat(impatient.load(LAMP, () -> SECOND)).isSameAs(SECOND);

        load.end(FIRST);
        assertThat(first).succeedsWithin(TIMEOUT).isSameAs(FIRST);
    }

    @Test
    void aProductThatExpiresSoonIsLoadedOnceInTheBackground() {
        var load = new BlockedLoad();
        loads.expiresSoon(LAMP, load::get);
        load.awaitBegun(1);
        loads.expiresSoon(LAMP, load::get);
        CompletableFuture<Loaded> needed = request(loads, load);
        awaitWaiting(1);

        load.end(FIRST);

        assertThat(needed).succeedsWithin(TIMEOUT).isSameAs(FIRST);
        assertThat(load.begun).hasValue(1);
    }

    private CompletableFuture<Loaded> request(SharedLoads of, BlockedLoad load) {
        return CompletableFuture.supplyAsync(() -> of.load(LAMP, load::get), requests);
    }

    private void awaitWaiting(int requests) {
        await().atMost(TIMEOUT).until(() -> loads.waiting(LAMP) == requests);
    }

    /** A load that ends when the test says so. */
    private static final class BlockedLoad {

        private final AtomicInteger begun = new AtomicInteger();
        private final CompletableFuture<Loaded> result = new CompletableFuture<>();

        Loaded get() {
            begun.incrementAndGet();
            try {
                return result.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw (RuntimeException) e.getCause();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        void awaitBegun(int times) {
            await().atMost(TIMEOUT).until(() -> begun.get() >= times);
        }

        void end(Loaded loaded) {
            result.complete(loaded);
        }

        void fail(RuntimeException failure) {
            result.completeExceptionally(failure);
        }
    }
}
