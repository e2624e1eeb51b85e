package io.orderly.coordinator.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.orderly.coordinator.client.RetryRule.Decision;
import io.orderly.coordinator.client.RetryRule.Repetition;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Random;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class RetryRuleTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private final RetryRule rule = new RetryRule(Backoff.DEFAULTS, new Random(1));

    @Test
    void repeatsOnlyIdempotentRequestsIfTheEffectIsUnknown() {
        Failure lost = Failure.of(Status.UNAVAILABLE.withDescription("io exception"));
        assertThat(rule.after(lost, Repetition.SAFE, 1, MINUTE)).isInstanceOf(Decision.Retry.class);
        assertThat(rule.after(lost, Repetition.UNSAFE, 1, MINUTE)).isInstanceOf(Decision.GiveUp.class);
    }

    @Test
    void repeatsEverythingThatWasNotExecuted() {
        Failure refused = Failure.of(Status.UNAVAILABLE.withCause(new ConnectException("connection refused")));
        assertThat(rule.after(refused, Repetition.UNSAFE, 1, MINUTE)).isInstanceOf(Decision.Retry.class);
        Failure distrusted = Failure.of(Status.UNAVAILABLE
                .withDescription("io exception")
                .withCause(new SSLHandshakeException("PKIX path building failed")));
        assertThat(rule.after(distrusted, Repetition.UNSAFE, 1, MINUTE)).isInstanceOf(Decision.Retry.class);
        assertThat(distrusted.message()).isEqualTo("TLS failed: PKIX path building failed");
        Failure refusedCertificate = Failure.of(Status.UNAVAILABLE.withCause(
                new DecoderException(new SSLHandshakeException("Received fatal alert: bad_certificate"))));
        assertThat(rule.after(refusedCertificate, Repetition.UNSAFE, 1, MINUTE)).isInstanceOf(Decision.Retry.class);
        assertThat(refusedCertificate.message()).isEqualTo("TLS failed: Received fatal alert: bad_certificate");
        Failure leaderless = Failure.of(Status.UNAVAILABLE.withDescription("etcdserver: no leader"));
        assertThat(rule.after(leaderless, Repetition.UNSAFE, 1, MINUTE)).isInstanceOf(Decision.Retry.class);
    }

    @Test
    void doesNotRepeatRequestsThatAreAlwaysRefused() {
        Failure refused = Failure.of(Status.INVALID_ARGUMENT.withDescription("etcdserver: key is not provided"));
        assertThat(rule.after(refused, Repetition.SAFE, 1, MINUTE)).isInstanceOf(Decision.GiveUp.class);
        Failure full =
                Failure.of(Status.RESOURCE_EXHAUSTED.withDescription("etcdserver: mvcc: database space exceeded"));
        assertThat(rule.after(full, Repetition.SAFE, 1, MINUTE)).isInstanceOf(Decision.GiveUp.class);
    }

    @Test
    void doesNotTreatATimeoutOfTheMemberAsAFailureWithoutEffect() {
        for (Status status : new Status[] {
            Status.UNAVAILABLE.withDescription("etcdserver: request timed out"),
            Status.UNAVAILABLE.withDescription("etcdserver: leader changed"),
            Status.UNAVAILABLE.withCause(new DecoderException(new NotSslRecordException("in an open connection"))),
            Status.DEADLINE_EXCEEDED,
            Status.CANCELLED,
            Status.UNKNOWN.withDescription("raft proposal dropped"),
            Status.RESOURCE_EXHAUSTED.withDescription("gRPC message exceeds maximum size 4194304: 5000000")
        }) {
            assertThat(Failure.of(status).effect()).as("%s", status).isEqualTo(Failure.Effect.UNKNOWN);
        }
    }

    @Test
    void endsBeforeTheTimeout() {
        Failure lost = Failure.of(Status.UNAVAILABLE);
        assertThat(rule.after(lost, Repetition.SAFE, 3, Duration.ZERO)).isInstanceOf(Decision.GiveUp.class);
    }

    @Test
    void waitsLongerAfterMoreAttemptsUpToABound() {
        Random random = new Random(3);
        Backoff backoff = new Backoff(Duration.ofMillis(10), Duration.ofMillis(100));
        for (int attempts = 1; attempts < 200; attempts++) {
            Duration delay = backoff.delay(attempts, random);
            assertThat(delay).isBetween(Duration.ofNanos(500_000), Duration.ofMillis(100));
            if (attempts == 1) {
                assertThat(delay).isLessThanOrEqualTo(Duration.ofMillis(10));
            }
        }
    }

    @Test
    void movesOnceForManyFailuresOfOneMember() {
        Endpoints endpoints = new Endpoints(3, 1);
        endpoints.failed(1);
        endpoints.failed(1);
        endpoints.failed(1);
        assertThat(endpoints.current()).isEqualTo(2);
        endpoints.failed(2);
        assertThat(endpoints.current()).isZero();
        assertThat(endpoints.failovers()).isEqualTo(2);
    }
}
