package io.orderly.kit.idempotency;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.kit.unitofwork.UnitOfWork;
import io.orderly.kit.web.FieldError;
import io.orderly.kit.web.ProblemException;
import io.orderly.kit.web.ProblemType;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores the responses to idempotent requests by key. The lock on a key, the effect and the response are in one database
 * transaction: all of it is committed or, also after a crash, nothing, and then the key can be used again.
 *
 * <p>Thread-safe, also across instances.
 */
public final class IdempotencyKeys {

    /** 422: the key has been used for another request. */
    public static final ProblemType REUSED = new ProblemType(
            "idempotency-key-reused", HttpStatus.UNPROCESSABLE_CONTENT, "The key has been used for another request");

    /** 409: the first request with this key has not completed. */
    public static final ProblemType IN_FLIGHT = new ProblemType(
            "request-in-flight", HttpStatus.CONFLICT, "The first request with this key has not completed");

    /**
     * Tries to lock the key and queries its response in one round trip. The lock is released with the transaction; a request
     * that does not get it is refused at once. Responses with an empty scope were stored before keys had a scope; they are
     * valid for every scope until their retention ends, so that a request repeated after an upgrade is not executed twice.
     */
    private static final String CLAIM = """
            select pg_try_advisory_xact_lock(?) as claimed, scope, fingerprint, status, location, body
            from (values (true)) as one left join idempotency_keys on key = ? and scope in (?, '')
            """;

    private static final String STORE = """
            insert into idempotency_keys (scope, key, fingerprint, status, location, body) values (?, ?, ?, ?, ?, ?)
            """;

    private final JdbcTemplate jdbc;
    private final UnitOfWork unitOfWork;
    private final TransactionTemplate transaction;
    private final MeterRegistry meters;

    IdempotencyKeys(JdbcTemplate jdbc, UnitOfWork unitOfWork, TransactionTemplate transaction, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.unitOfWork = unitOfWork;
        this.transaction = transaction;
        this.meters = meters;
    }

    /**
     * Returns the stored response of a request, or runs the effect and stores its response. Never waits for another request
     * with the same key. Joins the current transaction, or runs in its own, which is committed on return.
     *
     * @param effect the business change; if it throws, its changes and the key are rolled back
     * @throws ProblemException {@link #REUSED} if the key was used for another request, {@link #IN_FLIGHT} if its first
     *     request has not completed
     */
    public IdempotentResponse once(IdempotentRequest request, Supplier<IdempotentResponse> effect) {
        return transaction.execute(status -> {
            Claim claim = claim(request);
            if (claim.recorded() != null) {
                return repeated(request, claim.recorded());
            }
            if (!claim.granted()) {
                throw inFlight();
            }
            IdempotentResponse answer = effect.get();
            store(request, answer);
            count("first");
            return answer;
        });
    }

    private Claim claim(IdempotentRequest request) {
        return jdbc.query(CLAIM, IdempotencyKeys::readClaim, lockOf(request), request.key(), request.scope())
                .getFirst();
    }

    private IdempotentResponse repeated(IdempotentRequest request, Recorded recorded) {
        Fingerprint fingerprint = recorded.scope().isEmpty() ? request.rawFingerprint() : request.fingerprint();
        if (!recorded.fingerprint().equals(fingerprint)) {
            count("reused");
            throw new ProblemException(
                    REUSED,
                    "The first request with this key has a different path or body.",
                    List.of(new FieldError(IdempotencyKey.HEADER, "has been used for another request")));
        }
        count("repeated");
        return recorded.answer();
    }

    /**
     * The row can exist although the lock was free: its transaction may have ended after the claim's snapshot was taken and
     * before the claim got the lock. The insert then fails and the effect is rolled back.
     */
    private void store(IdempotentRequest request, IdempotentResponse answer) {
        unitOfWork.onViolation("idempotency_keys_pkey", this::inFlight);
        unitOfWork.write(
                STORE,
                request.scope(),
                request.key(),
                HexFormat.of().parseHex(request.fingerprint().sha256()),
                answer.status().value(),
                Optional.ofNullable(answer.location()).map(URI::toString).orElse(null),
                answer.json());
    }

    private ProblemException inFlight() {
        count("in-flight");
        return new ProblemException(IN_FLIGHT, "Repeat the request in a moment to get its response.");
    }

    private void count(String outcome) {
        meters.counter("orderly.idempotency.requests", "outcome", outcome).increment();
    }

    private static Claim readClaim(ResultSet row, int number) throws SQLException {
        byte[] fingerprint = row.getBytes("fingerprint");
        if (fingerprint == null) {
            return new Claim(row.getBoolean("claimed"), null);
        }
        String location = row.getString("location");
        IdempotentResponse answer = new IdempotentResponse(
                HttpStatusCode.valueOf(row.getInt("status")),
                location == null ? null : URI.create(location),
                row.getBytes("body"));
        return new Claim(
                row.getBoolean("claimed"),
                new Recorded(
                        row.getString("scope"), new Fingerprint(HexFormat.of().formatHex(fingerprint)), answer));
    }

    /** 64 bits of the key's hash. If two concurrent requests have the same hash, one of them gets a 409. */
    private static long lockOf(IdempotentRequest request) {
        String name = request.key() + "\n" + request.scope();
        byte[] hash = Fingerprint.newDigest().digest(name.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(hash).getLong();
    }

    private record Claim(boolean granted, @Nullable Recorded recorded) {}

    private record Recorded(String scope, Fingerprint fingerprint, IdempotentResponse answer) {}
}
