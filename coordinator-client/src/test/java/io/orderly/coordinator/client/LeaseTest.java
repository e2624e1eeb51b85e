package io.orderly.coordinator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LeaseTest {

    private static final Duration TTL = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final AtomicLong passedNanos = new AtomicLong();
    private final Environment environment = new Environment(
            () -> System.nanoTime() + passedNanos.get(), Environment.SYSTEM.wallClock(), Environment.SYSTEM.random());
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
    void requestsAnotherLeaseIfTheFirstOneMayHaveEndedBeforeItsResponse() {
        try (CoordinatorClient client = client(Duration.ofMinutes(1))) {
            member.beforeGrant = () -> {
                if (member.granted.isEmpty()) {
                    passedNanos.addAndGet(LONG.toNanos());
                }
            };
            Lease lease = client.lease(TTL, () -> {});
            assertThat(lease.isValid()).isTrue();
            assertThat(member.granted).hasSize(2).last().isEqualTo(lease.id());
            await().atMost(LONG).until(() -> member.revoked.equals(member.granted.subList(0, 1)));
        }
    }

    @Test
    void failsIfNoLeaseIsGrantedInTime() {
        try (CoordinatorClient client = client(LONG)) {
            member.beforeGrant = () -> passedNanos.addAndGet(LONG.toNanos());
            assertThatThrownBy(() -> client.lease(TTL, () -> {})).isInstanceOf(CoordinatorException.class);
        }
    }

    @Test
    void isReportedAsLostIfItHasEndedBeforeTheFirstRenewal() throws Exception {
        CountDownLatch lost = new CountDownLatch(1);
        ClientSettings settings = member.settings();
        try (Loop loop = new Loop();
                Channels channels = new Channels(
                        settings.endpoints(),
                        new Endpoints(1, 0),
                        Channels.plaintext(loop.virtualThreads()),
                        List.of())) {
            RetryRule rule = new RetryRule(settings.retries(), environment.random());
            Calls calls = new Calls(channels, rule, settings, environment, ClientObserver.NONE);
            LeaseRequests requests = new LeaseRequests(calls, loop, settings, environment, ClientObserver.NONE);
            LeaseTerm over = new LeaseTerm(TTL, System.nanoTime() - LONG.toNanos(), 0);
            new Lease(7, TTL, over, requests, loop, environment, ClientObserver.NONE, lost::countDown).keepAlive();
            assertThat(lost.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void isRevokedByAnInterruptedThread() {
        try (CoordinatorClient client = client(LONG)) {
            Lease lease = client.lease(TTL, () -> {});
            Thread.currentThread().interrupt();
            lease.close();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(member.revoked).containsExactly(lease.id());
        }
    }

    @Test
    void anInterruptDuringTheGrantOfALocksLeaseIsReportedToTheWaitingThread() {
        member.grants = false;
        try (CoordinatorClient client = client(LONG)) {
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            Thread waiting = Thread.ofVirtual().start(() -> {
                try {
                    client.lock("a").tryAcquire(LONG);
                } catch (InterruptedException | RuntimeException e) {
                    failure.complete(e);
                }
            });
            await().atMost(LONG).until(() -> member.grantsAsked.get() > 0);
            waiting.interrupt();
            assertThat(failure.orTimeout(10, TimeUnit.SECONDS).join()).isInstanceOf(InterruptedException.class);
        }
    }

    private CoordinatorClient client(Duration timeout) {
        return new CoordinatorClient(
                member.settings().withTimeout(timeout),
                environment,
                ClientObserver.NONE,
                loop -> Channels.plaintext(loop.virtualThreads()));
    }
}
