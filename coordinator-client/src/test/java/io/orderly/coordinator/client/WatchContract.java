package io.orderly.coordinator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.coordinator.api.etcd.CompactionRequest;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.client.RetryRule.Repetition;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.watch.WatchRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A watch delivers each event once, in order, and none after it is closed. */
interface WatchContract extends ContractRun {

    @Test
    default void deliversEachEventOnceWhileMembersAreKilled() throws Exception {
        Recorder recorder = new Recorder();
        CoordinatorClient watcher = anotherClient();
        AtomicBoolean stop = new AtomicBoolean();
        int count;
        try (Watch _ = watcher.watch(WatchRequest.of(range("w/"), 0), recorder)) {
            await().atMost(LONG).until(() -> recorder.keysRead.get() == 1);
            Future<Integer> writer = threads().submit(() -> {
                int written = 0;
                while (!stop.get()) {
                    client().put(key("w/"), Bytes.utf8(Integer.toString(written++)))
                            .orThrow();
                }
                return written;
            });
            for (int member = 0; member < 2; member++) {
                int before = recorder.values.size();
                await().atMost(LONG).until(() -> recorder.values.size() > before + 20);
                members().kill(member);
                int after = recorder.values.size();
                await().atMost(LONG).until(() -> recorder.values.size() > after + 20);
                members().restart(member);
                awaitAllMembers();
            }
            stop.set(true);
            count = writer.get(60, TimeUnit.SECONDS);
            await().atMost(LONG).until(() -> recorder.values.size() >= count);
        }
        assertThat(recorder.values)
                .containsExactlyElementsOf(
                        IntStream.range(0, count).mapToObj(Integer::toString).toList());
    }

    @Test
    default void readsTheKeysAgainIfUndeliveredRevisionsAreCompacted() {
        long first = client().put(key("c/a"), Bytes.utf8("1")).orThrow().revision();
        client().put(key("c/a"), Bytes.utf8("2")).orThrow();
        long last = client().put(key("c/b"), Bytes.utf8("3")).orThrow().revision();
        compact(last);
        Recorder recorder = new Recorder();
        try (Watch _ = client().watch(WatchRequest.of(range("c/"), first), recorder)) {
            await().atMost(LONG).until(() -> recorder.keysRead.get() == 1);
            assertThat(recorder.compacted.get()).isEqualTo(last);
            client().put(key("c/a"), Bytes.utf8("4")).orThrow();
            await().atMost(LONG).until(() -> recorder.values.size() == 3);
        }
        assertThat(recorder.values).containsExactly("2", "3", "4");
    }

    @Test
    default void callsNoListenerAfterAWatchIsClosed() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        AtomicBoolean late = new AtomicBoolean();
        Future<?> writer = threads()
                .submit(() -> IntStream.range(0, 100)
                        .forEach(i -> client().put(key("x"), Bytes.utf8("" + i)).orThrow()));
        for (int i = 0; i < 20; i++) {
            closed.set(false);
            CountDownLatch called = new CountDownLatch(1);
            Watch watch = client().watch(WatchRequest.of(KeyRange.of(key("x")), 0), new Recorder() {
                @Override
                public void onKeys(long revision, List<KeyValue> keyValues) {
                    late.compareAndSet(false, closed.get());
                    called.countDown();
                }

                @Override
                public void onEvents(long revision, List<KeyEvent> events) {
                    late.compareAndSet(false, closed.get());
                }
            });
            assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
            watch.close();
            closed.set(true);
        }
        writer.get(60, TimeUnit.SECONDS);
        assertThat(late).isFalse();
    }

    private void compact(long revision) {
        Endpoints endpoints = new Endpoints(members().endpoints().size(), 0);
        Channels channels = new Channels(members().endpoints(), endpoints, Channels.plaintext(threads()), List.of());
        try (channels) {
            new Calls(
                            channels,
                            new RetryRule(Backoff.DEFAULTS, Environment.SYSTEM.random()),
                            settings(),
                            Environment.SYSTEM,
                            ClientObserver.NONE)
                    .call(
                            "compact",
                            KVGrpc.getCompactMethod(),
                            CompactionRequest.newBuilder().setRevision(revision).build(),
                            Repetition.SAFE);
        } catch (CallFailed e) {
            throw new AssertionError(e);
        }
    }

    class Recorder implements WatchListener {

        final List<String> values = Collections.synchronizedList(new ArrayList<>());
        final AtomicInteger keysRead = new AtomicInteger();
        final AtomicReference<Long> compacted = new AtomicReference<>(0L);

        @Override
        public void onEvents(long revision, List<KeyEvent> events) {
            events.forEach(
                    event -> values.add(((KeyEvent.Put) event).current().value().toUtf8()));
        }

        @Override
        public void onKeys(long revision, List<KeyValue> keyValues) {
            keyValues.forEach(one -> values.add(one.value().toUtf8()));
            keysRead.incrementAndGet();
        }

        @Override
        public void onCompacted(long compactedRevision) {
            compacted.set(compactedRevision);
        }
    }
}
