package io.orderly.coordinator.rest;

import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.store.AuthRefusal;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.kit.web.FieldError;
import io.orderly.kit.web.ProblemException;
import io.orderly.kit.web.ProblemType;
import io.orderly.kit.web.ProblemTypes;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * The problems of this API. Those of failed requests distinguish two cases: a request without effect can be repeated; a request whose
 * outcome is unknown can be repeated only if it is idempotent.
 */
final class Problems {

    static final ProblemType NOT_APPLIED = new ProblemType(
            "not-applied",
            HttpStatus.SERVICE_UNAVAILABLE,
            "The request had no effect and will have none; it can be repeated");
    static final ProblemType OUTCOME_UNKNOWN = new ProblemType(
            "outcome-unknown", HttpStatus.SERVICE_UNAVAILABLE, "The request may have taken effect, or may yet do so");
    static final ProblemType PRECONDITION_FAILED = new ProblemType(
            "precondition-failed", HttpStatus.PRECONDITION_FAILED, "The precondition of the request does not hold");
    static final ProblemType COMPACTED =
            new ProblemType("compacted", HttpStatus.GONE, "The revision can no longer be read");
    static final ProblemType STORE_FULL = new ProblemType(
            "store-full", HttpStatus.INSUFFICIENT_STORAGE, "There is no space for the data of the request");
    static final ProblemType NOT_ACQUIRED =
            new ProblemType("not-acquired", HttpStatus.CONFLICT, "Another client was there first");

    static final ProblemType NOT_AUTHENTICATED = new ProblemType(
            "not-authenticated", HttpStatus.UNAUTHORIZED, "The request needs a token of a user that is valid");
    static final ProblemType NOT_PERMITTED =
            new ProblemType("not-permitted", HttpStatus.FORBIDDEN, "The user may not make the request");

    static final ProblemTypes ALL = new ProblemTypes(List.of(
            NOT_APPLIED,
            OUTCOME_UNKNOWN,
            PRECONDITION_FAILED,
            COMPACTED,
            STORE_FULL,
            NOT_ACQUIRED,
            NOT_AUTHENTICATED,
            NOT_PERMITTED));

    private Problems() {}

    static ProblemException of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NotLeader _ -> notApplied("There is no leader.");
            case Refusal.Overloaded _ -> notApplied("The member has too many requests.");
            case Refusal.DiskFull _ ->
                new ProblemException(STORE_FULL, "A disk is nearly full. What is deleted is accepted.");
            case Refusal.StateCorrupt _ ->
                notApplied("The states of the members differ: the alarms of the cluster name those to be replaced.");
            case Refusal.Transferring _ -> notApplied("The leader is transferring its leadership.");
            case Refusal.TransferTimedOut timedOut ->
                notApplied("Member %d did not take over in time."
                        .formatted(timedOut.target().value()));
            case Refusal.ChangeInProgress _ ->
                ProblemException.conflict("Another change of the members is in progress.");
            case Refusal.NotCaughtUp late ->
                ProblemException.conflict("Member %d lacks %d entries of the log."
                        .formatted(late.node().value(), late.lagSlots()));
            case Refusal.TooLarge large -> tooLarge("The request", large.sizeInBytes(), large.limitBytes());
            case Refusal.Invalid invalid ->
                new ProblemException(ProblemType.UNPROCESSABLE, "The request is refused: " + invalid.reason() + ".");
        };
    }

    /** @throws IllegalStateException if no command of this API can have this refusal */
    static ProblemException of(StoreRefusal refusal) {
        return switch (refusal) {
            case StoreRefusal.Compacted compacted -> compacted("revision", compacted.compactedRevision());
            case StoreRefusal.FutureRevision future ->
                ProblemException.unprocessable("revision", "is above the newest revision, " + future.newestRevision());
            case StoreRefusal.EmptyKey _ -> ProblemException.invalid("key", "must not be empty");
            case StoreRefusal.KeyNotFound missing ->
                ProblemException.notFound("There is no key " + missing.key().toUtf8() + ".");
            case StoreRefusal.KeyTooLarge large ->
                ProblemException.invalid(
                        "key", "has %d bytes, more than %d".formatted(large.sizeInBytes(), large.limitBytes()));
            case StoreRefusal.ValueTooLarge large -> tooLarge("The value", large.sizeInBytes(), large.limitBytes());
            case StoreRefusal.StoreFull full ->
                new ProblemException(
                        STORE_FULL,
                        "The store has %d bytes of at most %d. Delete keys, and compact the history."
                                .formatted(full.sizeInBytes(), full.limitBytes()));
            case StoreRefusal.TooManyLeases many ->
                new ProblemException(STORE_FULL, "There are %d leases, which is the maximum.".formatted(many.limit()));
            case StoreRefusal.LeaseNotFound missing ->
                ProblemException.unprocessable("lease", "does not exist: " + LeaseId.text(missing.id()));
            case StoreRefusal.LeaseExists existing ->
                ProblemException.conflict("There is a lease " + LeaseId.text(existing.id()) + " already.");
            case StoreRefusal.InvalidLeaseTtl _ -> ProblemException.invalid("ttlSeconds", "is out of its range");
            case StoreRefusal.TooMuchWork work ->
                new ProblemException(
                        ProblemType.UNPROCESSABLE,
                        "The request would visit more than %d keys.".formatted(work.limitSteps()));
            case StoreRefusal.Malformed malformed ->
                new ProblemException(
                        ProblemType.UNPROCESSABLE, "The request is malformed: " + malformed.reason() + ".");
            case StoreRefusal.DuplicateKey _,
                    StoreRefusal.ValueOrLeaseGiven _,
                    StoreRefusal.TooManyOperations _,
                    StoreRefusal.StaleLeaseClock _,
                    StoreRefusal.SessionNotFound _,
                    StoreRefusal.TooManySessions _,
                    StoreRefusal.AlreadyAcknowledged _,
                    StoreRefusal.SessionWindowFull _,
                    StoreRefusal.ReasonNotKept _,
                    StoreRefusal.Auth _ ->
                throw new IllegalStateException("a command of the REST API was refused with " + refusal);
        };
    }

    /**
     * @param response gets the header that names the way to authenticate, where that is missing
     * @throws IllegalStateException if this API sends no command that is refused like this
     */
    static ProblemException of(AuthRefusal refusal, HttpServletResponse response) {
        return switch (refusal) {
            case USER_EMPTY -> notAuthenticated("The request has no bearer token.", response);
            case INVALID_TOKEN ->
                notAuthenticated("The token is not valid, or not any more. Authenticate again.", response);
            case PERMISSION_DENIED ->
                new ProblemException(NOT_PERMITTED, "The roles of the user do not permit the request.");
            case ROOT_USER_MISSING,
                    ROOT_ROLE_MISSING,
                    USER_EXISTS,
                    USER_NOT_FOUND,
                    ROLE_EMPTY,
                    ROLE_EXISTS,
                    ROLE_NOT_FOUND,
                    ROLE_NOT_GRANTED,
                    PERMISSION_NOT_GRANTED,
                    INVALID_MANAGEMENT,
                    TOO_LARGE ->
                throw new IllegalStateException("a command of the REST API was refused with " + refusal);
        };
    }

    private static ProblemException notAuthenticated(String detail, HttpServletResponse response) {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        return new ProblemException(NOT_AUTHENTICATED, detail);
    }

    static ProblemException notApplied(String detail) {
        return new ProblemException(NOT_APPLIED, detail);
    }

    static ProblemException outcomeUnknown() {
        return new ProblemException(
                OUTCOME_UNKNOWN,
                "The request may have taken effect, or may yet do so. Read the state before you repeat it.");
    }

    /** @param field that names the revision */
    static ProblemException compacted(String field, long firstRevision) {
        String detail = "The first revision that can be read is %d.".formatted(firstRevision);
        return new ProblemException(
                COMPACTED, detail, List.of(new FieldError(field, "must be at least " + firstRevision)));
    }

    private static ProblemException tooLarge(String what, int size, int limit) {
        return new ProblemException(
                ProblemType.BODY_TOO_LARGE, "%s has %d bytes, more than %d.".formatted(what, size, limit));
    }
}
