package io.orderly.coordinator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.coordinator.client.WriteOutcome.Reason;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Compare;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A write takes effect once even if its response is lost, and its outcome is known. */
interface WriteContract extends ContractRun {

    @Test
    default void readsWhatItWrote() {
        WriteOutcome.Applied applied = client().put(key("a"), Bytes.utf8("1")).orThrow();
        KeyValue read = client().get(key("a")).orElseThrow();
        assertThat(read.value()).isEqualTo(Bytes.utf8("1"));
        assertThat(read.modRevision()).isEqualTo(applied.revision());
        assertThat(client().delete(key("a")).orThrow().answers()).isPresent();
        assertThat(client().get(key("a"))).isEmpty();
    }

    @Test
    default void appliesAWriteOnceIfItsResponseIsLost() {
        CoordinatorClient unlucky = clientWithLostResponses(settings());
        unlucky.put(key("a"), Bytes.utf8("0")).orThrow();
        loseResponses(2);
        WriteOutcome.Applied applied = unlucky.put(key("a"), Bytes.utf8("1")).orThrow();
        KeyValue read = client().get(key("a")).orElseThrow();
        assertThat(read.version()).isEqualTo(2);
        assertThat(applied.revision()).isEqualTo(read.modRevision());
        assertThat(applied.answers()).isEmpty();
    }

    @Test
    default void knowsWhichBranchTookEffectIfItsResponseIsLost() {
        CoordinatorClient unlucky = clientWithLostResponses(settings());
        StoreCommand.Txn create = create(key("a"));
        loseResponses(1);
        assertThat(unlucky.execute(create).orThrow().succeeded()).isTrue();
        loseResponses(1);
        assertThat(unlucky.execute(create))
                .isInstanceOfSatisfying(
                        WriteOutcome.NotApplied.class,
                        outcome -> assertThat(outcome.reason()).isInstanceOf(Reason.ConditionFailed.class));
        assertThat(client().get(key("a")).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    default void doesNotRepeatAnUnguardedWriteWhoseResponseIsLost() {
        CoordinatorClient unlucky = clientWithLostResponses(settings().withExactlyOnce(false));
        loseResponses(1);
        assertThat(unlucky.put(key("a"), Bytes.utf8("1"))).isInstanceOf(WriteOutcome.Unknown.class);
        assertThat(client().get(key("a")).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    default void reportsThatARefusedWriteHadNoEffect() {
        assertThat(client().put(key("a"), Bytes.utf8("1"), endedLease()))
                .isEqualTo(new WriteOutcome.NotApplied(new Reason.LeaseEnded()));
        assertThat(client().put(Bytes.EMPTY, Bytes.utf8("1")))
                .isInstanceOfSatisfying(
                        WriteOutcome.NotApplied.class,
                        outcome -> assertThat(outcome.reason()).isInstanceOf(Reason.Refused.class));
    }

    @Test
    default void countsEachOfManyConcurrentIncrementsOnceWhileAMemberIsKilled() throws Exception {
        Bytes counter = key("counter");
        CoordinatorClient unlucky = clientWithLostResponses(settings());
        AtomicInteger applied = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        List<Future<?>> writers = new ArrayList<>();
        for (CoordinatorClient one : List.of(client(), unlucky)) {
            for (int thread = 0; thread < 4; thread++) {
                writers.add(threads().submit(() -> {
                    while (!stop.get()) {
                        if (increment(one, counter)) {
                            applied.incrementAndGet();
                        }
                    }
                }));
            }
        }
        await().atMost(LONG).until(() -> applied.get() > 50);
        members().kill(0);
        loseResponses(5);
        int before = applied.get();
        await().atMost(LONG).until(() -> applied.get() > before + 50);
        stop.set(true);
        for (Future<?> writer : writers) {
            writer.get(30, TimeUnit.SECONDS);
        }
        members().restart(0);
        assertThat(client().get(counter).orElseThrow().value().toUtf8()).isEqualTo(Integer.toString(applied.get()));
        awaitAllMembers();
    }

    @Test
    default void readsItsOwnWritesFromAnyMember() {
        List<CoordinatorClient> each = members().endpoints().stream()
                .map(endpoint -> connect(ClientSettings.of(List.of(endpoint))))
                .toList();
        for (CoordinatorClient one : each) {
            for (int i = 0; i < 30; i++) {
                Bytes value = Bytes.utf8(Integer.toString(i));
                one.put(key("a"), value).orThrow();
                assertThat(one.readInSession(Operation.Range.of(key("a")))
                                .keyValues()
                                .getFirst()
                                .value())
                        .isEqualTo(value);
            }
        }
    }

    @Test
    default void reportsThatNoMemberIsReachable() {
        CoordinatorClient disconnected =
                connect(ClientSettings.of(List.of("127.0.0.1:1")).withTimeout(Duration.ofSeconds(1)));
        assertThat(disconnected.ping(Duration.ofSeconds(1))).isEmpty();
        assertThat(disconnected.put(key("a"), Bytes.utf8("1")))
                .isInstanceOfSatisfying(
                        WriteOutcome.NotApplied.class,
                        outcome -> assertThat(outcome.reason()).isInstanceOf(Reason.Unreachable.class));
    }

    private boolean increment(CoordinatorClient one, Bytes counter) {
        Optional<KeyValue> current = one.get(counter);
        int value =
                current.map(found -> Integer.parseInt(found.value().toUtf8())).orElse(0);
        StoreCommand.Txn next = new StoreCommand.Txn(
                List.of(Compare.isUnchangedSince(
                        counter, current.map(KeyValue::modRevision).orElse(0L))),
                List.of(StoreCommand.Put.of(counter, Bytes.utf8(Integer.toString(value + 1)))),
                List.of());
        return switch (one.execute(next)) {
            case WriteOutcome.Applied applied -> applied.succeeded();
            case WriteOutcome.NotApplied _ -> false;
            case WriteOutcome.Unknown(String cause) -> throw new AssertionError("unknown: " + cause);
        };
    }

    private Lease endedLease() {
        Lease lease = client().lease(Duration.ofSeconds(5), () -> {});
        lease.close();
        return lease;
    }

    private static StoreCommand.Txn create(Bytes key) {
        return new StoreCommand.Txn(
                List.of(Compare.isMissing(key)), List.of(StoreCommand.Put.of(key, Bytes.EMPTY)), List.of());
    }
}
