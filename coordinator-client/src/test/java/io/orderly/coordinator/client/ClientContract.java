package io.orderly.coordinator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.clock.HybridTimestamp;
import io.orderly.coordinator.api.etcd.CompactionRequest;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.client.RetryRule.Repetition;
import io.orderly.coordinator.client.WriteOutcome.Reason;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Compare;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.watch.WatchRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The guarantees of the client on any cluster of three members with the etcd API. Each class that extends it names the cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ClientContract {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration UNTIL_STARTED = Duration.ofMinutes(2);

    /** Keeps the logs of the members if a test fails. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private final LossyChannels lossy = new LossyChannels();
    private final List<CoordinatorClient> clients = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Members members;
    private CoordinatorClient client;
    private int test;

    /** @param folder for data and logs */
    protected abstract Members start(Path folder) throws Exception;

    @BeforeAll
    void startMembers() throws Exception {
        members = start(folder);
        try (CoordinatorClient first = CoordinatorClient.connect(settings())) {
            await().atMost(UNTIL_STARTED)
                    .until(() -> first.ping(Duration.ofSeconds(2)).isPresent());
        }
    }

    @AfterAll
    void stopMembers() {
        threads.shutdownNow();
        if (members != null) {
            members.close();
        }
    }

    @BeforeEach
    void connect() {
        test++;
        client = anotherClient();
    }

    @AfterEach
    void disconnect() {
        clients.forEach(CoordinatorClient::close);
        clients.clear();
    }

    @Test
    void readsWhatItWrote() {
        WriteOutcome.Applied applied = client.put(key("a"), Bytes.utf8("1")).orThrow();
        KeyValue read = client.get(key("a")).orElseThrow();
        assertThat(read.value()).isEqualTo(Bytes.utf8("1"));
        assertThat(read.modRevision()).isEqualTo(applied.revision());
        assertThat(client.delete(key("a")).orThrow().answers()).isPresent();
        assertThat(client.get(key("a"))).isEmpty();
    }

    @Test
    void appliesAWriteOnceIfItsResponseIsLost() {
        CoordinatorClient unlucky = clientWithLostResponses(settings());
        unlucky.put(key("a"), Bytes.utf8("0")).orThrow();
        lossy.loseResponses(2);
        WriteOutcome.Applied applied = unlucky.put(key("a"), Bytes.utf8("1")).orThrow();
        KeyValue read = client.get(key("a")).orElseThrow();
        assertThat(read.version()).isEqualTo(2);
        assertThat(applied.revision()).isEqualTo(read.modRevision());
        assertThat(applied.answers()).isEmpty();
    }

    @Test
    void knowsWhichBranchTookEffectIfItsResponseIsLost() {
        CoordinatorClient unlucky = clientWithLostResponses(settings());
        StoreCommand.Txn create = create(key("a"));
        lossy.loseResponses(1);
        assertThat(unlucky.execute(create).orThrow().succeeded()).isTrue();
        lossy.loseResponses(1);
        assertThat(unlucky.execute(create))
                .isInstanceOfSatisfying(
                        WriteOutcome.NotApplied.class,
                        outcome -> assertThat(outcome.reason()).isInstanceOf(Reason.ConditionFailed.class));
        assertThat(client.get(key("a")).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void doesNotRepeatAnUnguardedWriteWhoseResponseIsLost() {
        CoordinatorClient unlucky = clientWithLostResponses(settings().withExactlyOnce(false));
        lossy.loseResponses(1);
        assertThat(unlucky.put(key("a"), Bytes.utf8("1"))).isInstanceOf(WriteOutcome.Unknown.class);
        assertThat(client.get(key("a")).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void reportsThatARefusedWriteHadNoEffect() {
        assertThat(client.put(key("a"), Bytes.utf8("1"), endedLease()))
                .isEqualTo(new WriteOutcome.NotApplied(new Reason.LeaseEnded()));
        assertThat(client.put(Bytes.EMPTY, Bytes.utf8("1")))
                .isInstanceOfSatisfying(
                        WriteOutcome.NotApplied.class,
                        outcome -> assertThat(outcome.reason()).isInstanceOf(Reason.Refused.class));
    }

    @Test
    void countsEachOfManyConcurrentIncrementsOnceWhileAMemberIsKilled() throws Exception {
        Bytes counter = key("counter");
        CoordinatorClient unlucky = clientWithLostResponses(settings());
        AtomicInteger applied = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        List<Future<?>> writers = new ArrayList<>();
        for (CoordinatorClient one : List.of(client, unlucky)) {
            for (int thread = 0; thread < 4; thread++) {
                writers.add(threads.submit(() -> {
                    while (!stop.get()) {
                        if (increment(one, counter)) {
                            applied.incrementAndGet();
                        }
                    }
                }));
            }
        }
        await().atMost(LONG).until(() -> applied.get() > 50);
        members.kill(0);
        lossy.loseResponses(5);
        int before = applied.get();
        await().atMost(LONG).until(() -> applied.get() > before + 50);
        stop.set(true);
        for (Future<?> writer : writers) {
            writer.get(30, TimeUnit.SECONDS);
        }
        members.restart(0);
        assertThat(client.get(counter).orElseThrow().value().toUtf8()).isEqualTo(Integer.toString(applied.get()));
        awaitAllMembers();
    }

    @Test
    void keepsALeaseAliveAndEndsItWhenItIsClosed() {
        AtomicInteger lost = new AtomicInteger();
        Lease lease = client.lease(Duration.ofSeconds(2), lost::incrementAndGet);
        client.put(key("a"), Bytes.utf8("1"), lease).orThrow();
        await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(6)).until(lease::isValid);
        assertThat(client.get(key("a"))).isPresent();
        lease.close();
        assertThat(client.get(key("a"))).isEmpty();
        assertThat(lease.isValid()).isFalse();
        assertThat(lost).hasValue(0);
    }

    @Test
    void reportsALostLeaseOnceBeforeItsDeadlineIfNoMemberResponds() {
        AtomicInteger lost = new AtomicInteger();
        Lease lease = client.lease(Duration.ofSeconds(3), lost::incrementAndGet);
        long paused = System.nanoTime();
        members.pause();
        try {
            await().atMost(LONG).until(() -> lost.get() > 0);
            assertThat(Duration.ofNanos(System.nanoTime() - paused)).isLessThan(Duration.ofSeconds(3));
            assertThat(lease.isValid()).isFalse();
            assertThat(lease.remaining()).isZero();
        } finally {
            members.resume();
        }
        awaitAllMembers();
        assertThat(lease.isValid()).isFalse();
        assertThat(lost).hasValue(1);
    }

    @Test
    void grantsTheLockToOneHolderAtATimeWithIncreasingTokens() throws Exception {
        AtomicInteger holders = new AtomicInteger();
        List<FencingToken> tokens = Collections.synchronizedList(new ArrayList<>());
        List<CoordinatorClient> both = List.of(client, anotherClient());
        List<Future<?>> workers = new ArrayList<>();
        for (int worker = 0; worker < 4; worker++) {
            DistributedLock lock = both.get(worker % 2).lock(key("lock").toUtf8());
            workers.add(threads.submit(() -> {
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
    void leavesNoKeyOfAnAttemptThatTimedOutOrWasInterrupted() throws Exception {
        String name = key("lock").toUtf8();
        try (HeldLock held = client.lock(name).tryAcquire(LONG).orElseThrow()) {
            assertThat(anotherClient().lock(name).tryAcquire(Duration.ofMillis(300)))
                    .isEmpty();
            CountDownLatch interrupted = new CountDownLatch(1);
            Thread waiting = Thread.ofVirtual().start(() -> {
                try {
                    client.lock(name).tryAcquire(LONG);
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
    void acquiresALockIfTheResponsesAreLost() throws Exception {
        String name = key("lock").toUtf8();
        CoordinatorClient unlucky = clientWithLostResponses(settings());
        lossy.loseResponses(3);
        try (HeldLock held = unlucky.lock(name).tryAcquire(LONG).orElseThrow()) {
            assertThat(keys(name))
                    .singleElement()
                    .satisfies(key -> assertThat(key.createRevision())
                            .isEqualTo(held.token().value()));
        }
    }

    @Test
    void notifiesTheHolderThatItsLockIsLost() throws Exception {
        String name = key("lock").toUtf8();
        CountDownLatch lost = new CountDownLatch(1);
        HeldLock held = client.lock(name).tryAcquire(LONG, lost::countDown).orElseThrow();
        anotherClient().delete(keys(name).getFirst().key()).orThrow();
        assertThat(lost.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(held.isHeld()).isFalse();
        held.close();
    }

    @Test
    void electsAnotherLeaderAfterAResignationAndCampaignsAgainAfterALoss() {
        String name = key("election").toUtf8();
        Candidate first = new Candidate();
        Candidate second = new Candidate();
        CoordinatorClient other = anotherClient();
        try (LeaderElection one = client.election(name, Bytes.utf8("one"), first);
                LeaderElection two = other.election(name, Bytes.utf8("two"), second)) {
            one.campaign();
            await().atMost(LONG).until(one::isLeader);
            two.campaign();
            await().atMost(LONG).until(() -> keys(name).size() == 2);
            assertThat(two.isLeader()).isFalse();
            other.delete(keys(name).stream()
                            .filter(key -> key.value().equals(Bytes.utf8("one")))
                            .findFirst()
                            .orElseThrow()
                            .key())
                    .orThrow();
            await().atMost(LONG).until(two::isLeader);
            await().atMost(LONG).until(() -> first.lost.size() == 1);
            await().atMost(LONG).until(() -> keys(name).size() == 2);
            two.resign();
            assertThat(two.isLeader()).isFalse();
            await().atMost(LONG).until(one::isLeader);
            await().atMost(LONG).until(() -> first.elected.size() == 2 && second.lost.size() == 1);
            assertThat(List.of(
                            first.elected.peek(),
                            second.elected.peek(),
                            one.token().orElseThrow()))
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void deliversEachEventOnceWhileMembersAreKilled() throws Exception {
        Recorder recorder = new Recorder();
        CoordinatorClient watcher = anotherClient();
        AtomicBoolean stop = new AtomicBoolean();
        int count;
        try (Watch _ = watcher.watch(WatchRequest.of(range("w/"), 0), recorder)) {
            await().atMost(LONG).until(() -> recorder.keysRead.get() == 1);
            Future<Integer> writer = threads.submit(() -> {
                int written = 0;
                while (!stop.get()) {
                    client.put(key("w/"), Bytes.utf8(Integer.toString(written++)))
                            .orThrow();
                }
                return written;
            });
            for (int member = 0; member < 2; member++) {
                int before = recorder.values.size();
                await().atMost(LONG).until(() -> recorder.values.size() > before + 20);
                members.kill(member);
                int after = recorder.values.size();
                await().atMost(LONG).until(() -> recorder.values.size() > after + 20);
                members.restart(member);
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
    void readsTheKeysAgainIfUndeliveredRevisionsAreCompacted() {
        long first = client.put(key("c/a"), Bytes.utf8("1")).orThrow().revision();
        client.put(key("c/a"), Bytes.utf8("2")).orThrow();
        long last = client.put(key("c/b"), Bytes.utf8("3")).orThrow().revision();
        compact(last);
        Recorder recorder = new Recorder();
        try (Watch _ = client.watch(WatchRequest.of(range("c/"), first), recorder)) {
            await().atMost(LONG).until(() -> recorder.keysRead.get() == 1);
            assertThat(recorder.compacted.get()).isEqualTo(last);
            client.put(key("c/a"), Bytes.utf8("4")).orThrow();
            await().atMost(LONG).until(() -> recorder.values.size() == 3);
        }
        assertThat(recorder.values).containsExactly("2", "3", "4");
    }

    @Test
    void callsNoListenerAfterAWatchIsClosed() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        AtomicBoolean late = new AtomicBoolean();
        Future<?> writer = threads.submit(() -> IntStream.range(0, 100)
                .forEach(i -> client.put(key("x"), Bytes.utf8("" + i)).orThrow()));
        for (int i = 0; i < 20; i++) {
            closed.set(false);
            CountDownLatch called = new CountDownLatch(1);
            Watch watch = client.watch(WatchRequest.of(KeyRange.of(key("x")), 0), new Recorder() {
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

    @Test
    void keepsTheLastValidValueOfASettingEvenIfNoMemberResponds() throws Exception {
        AtomicReference<String> refused = new AtomicReference<>("");
        SettingType<Integer> type = SettingType.INTEGER.that(value -> value > 0, "not above 0");
        SettingListener<Integer> listener = new SettingListener<>() {
            @Override
            public void onChanged(Integer previous, Integer value, long revision) {}

            @Override
            public void onRefused(String reason, long revision) {
                refused.set(reason);
            }
        };
        try (Setting<Integer> setting = client.setting(key("limit").toUtf8(), type, 10, listener)) {
            assertThat(setting.awaitLoaded(LONG)).isTrue();
            assertThat(setting.get()).isEqualTo(10);
            long revision = client.put(key("limit"), Bytes.utf8("20")).orThrow().revision();
            await().atMost(LONG).until(() -> setting.get() == 20);
            assertThat(setting.revision()).isEqualTo(revision);
            client.put(key("limit"), Bytes.utf8("-1")).orThrow();
            await().atMost(LONG).until(() -> !refused.get().isEmpty());
            members.pause();
            try {
                assertThat(setting.get()).isEqualTo(20);
            } finally {
                members.resume();
            }
            awaitAllMembers();
            client.put(key("limit"), Bytes.utf8("30")).orThrow();
            await().atMost(LONG).until(() -> setting.get() == 30);
        }
    }

    @Test
    void allocatesIncreasingTimestampsAcrossClients() throws Exception {
        AtomicReference<HybridTimestamp> highest = new AtomicReference<>(HybridTimestamp.MIN);
        List<HybridTimestamp> all = Collections.synchronizedList(new ArrayList<>());
        List<Future<?>> callers = new ArrayList<>();
        for (CoordinatorClient one : List.of(client, anotherClient(), anotherClient())) {
            Timestamps timestamps = one.timestamps();
            callers.add(threads.submit(() -> {
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

    @Test
    void readsItsOwnWritesFromAnyMember() {
        List<CoordinatorClient> each = members.endpoints().stream()
                .map(endpoint -> remember(CoordinatorClient.connect(ClientSettings.of(List.of(endpoint)))))
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
    void reportsThatNoMemberIsReachable() {
        CoordinatorClient disconnected = remember(CoordinatorClient.connect(
                ClientSettings.of(List.of("127.0.0.1:1")).withTimeout(Duration.ofSeconds(1))));
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
        Lease lease = client.lease(Duration.ofSeconds(5), () -> {});
        lease.close();
        return lease;
    }

    private static StoreCommand.Txn create(Bytes key) {
        return new StoreCommand.Txn(
                List.of(Compare.isMissing(key)), List.of(StoreCommand.Put.of(key, Bytes.EMPTY)), List.of());
    }

    private List<KeyValue> keys(String prefix) {
        return client.read(Operation.Range.of(KeyRange.startingWith(Bytes.utf8(prefix + "/"))))
                .keyValues();
    }

    private void compact(long revision) {
        Endpoints endpoints = new Endpoints(members.endpoints().size(), 0);
        Channels channels = new Channels(members.endpoints(), endpoints, Channels.plaintext(threads), List.of());
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

    private void awaitAllMembers() {
        for (String endpoint : members.endpoints()) {
            try (CoordinatorClient one = CoordinatorClient.connect(ClientSettings.of(List.of(endpoint)))) {
                await().atMost(UNTIL_STARTED)
                        .until(() -> one.ping(Duration.ofSeconds(2)).isPresent());
            }
        }
    }

    private ClientSettings settings() {
        return ClientSettings.of(members.endpoints()).withTimeout(Duration.ofSeconds(20));
    }

    private CoordinatorClient anotherClient() {
        return remember(CoordinatorClient.connect(settings()));
    }

    private CoordinatorClient clientWithLostResponses(ClientSettings settings) {
        return remember(CoordinatorClient.connect(settings, ClientObserver.NONE, lossy));
    }

    private CoordinatorClient remember(CoordinatorClient one) {
        clients.add(one);
        return one;
    }

    private Bytes key(String name) {
        return Bytes.utf8("test%d/%s".formatted(test, name));
    }

    private KeyRange range(String name) {
        return KeyRange.startingWith(key(name));
    }

    private static final class Candidate implements ElectionListener {

        private final ConcurrentLinkedQueue<FencingToken> elected = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<FencingToken> lost = new ConcurrentLinkedQueue<>();

        @Override
        public void onElected(FencingToken token) {
            elected.add(token);
        }

        @Override
        public void onLost(FencingToken token) {
            lost.add(token);
        }
    }

    private static class Recorder implements WatchListener {

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
