package io.orderly.coordinator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.watch.WatchRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchTest {

    private ScriptedMember member;

    @BeforeEach
    void start() throws Exception {
        member = new ScriptedMember();
    }

    @AfterEach
    void stop() {
        member.close();
    }

    @Test
    void recordsItsRevisionBeforeItCallsTheListener() {
        member.eventRevision = 42;
        CompletableFuture<Long> seen = new CompletableFuture<>();
        try (CoordinatorClient client = CoordinatorClient.connect(member.settings());
                Watch _ = client.watch(request(), listener(_ -> seen.complete(client.seenRevision())))) {
            assertThat(seen.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(42);
        }
    }

    @Test
    void waitsLongerEachTimeItIsRefused() {
        member.refusesWatches = true;
        Environment slowest = new Environment(System::nanoTime, Environment.SYSTEM.wallClock(), new MaximumDelays());
        ClientSettings defaults = member.settings();
        ClientSettings settings = new ClientSettings(
                defaults.endpoints(),
                defaults.timeout(),
                defaults.attemptTimeout(),
                new Backoff(Duration.ofMillis(50), Duration.ofSeconds(10)),
                defaults.leaseTtl(),
                defaults.clockDrift(),
                defaults.exactlyOnce(),
                null);
        try (CoordinatorClient client = new CoordinatorClient(
                        settings, slowest, ClientObserver.NONE, loop -> Channels.plaintext(loop.virtualThreads()));
                Watch _ = client.watch(request(), listener(_ -> {}))) {
            await().atMost(Duration.ofSeconds(30)).until(() -> member.watched.size() >= 5);
            Duration last = Duration.ofNanos(member.watched.get(4) - member.watched.get(3));
            assertThat(last).isGreaterThan(Duration.ofMillis(300));
        }
    }

    private static WatchRequest request() {
        return WatchRequest.of(KeyRange.of(Bytes.utf8("a")), 1);
    }

    private static WatchListener listener(LongConsumer onEvents) {
        return new WatchListener() {
            @Override
            public void onEvents(long revision, List<KeyEvent> events) {
                onEvents.accept(revision);
            }

            @Override
            public void onCompacted(long compactedRevision) {
                throw new AssertionError("nothing is compacted");
            }

            @Override
            public void onKeys(long revision, List<KeyValue> keyValues) {
                throw new AssertionError("the watch begins at a revision");
            }
        };
    }

    private static final class MaximumDelays implements RandomGenerator {

        @Override
        public long nextLong() {
            return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }

        @Override
        public int nextInt(int bound) {
            return bound - 1;
        }
    }
}
