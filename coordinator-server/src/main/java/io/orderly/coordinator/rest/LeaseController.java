package io.orderly.coordinator.rest;

import io.orderly.coordinator.member.GuardedCoordinator;
import io.orderly.coordinator.member.TimeToLive;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Lease;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.kit.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Leases. Their ids are in hexadecimal, as {@code etcdctl} shows them. */
@RestController
@RequestMapping("/v1/leases")
@Tag(name = "Leases")
class LeaseController {

    private static final long MILLIS = 1_000;

    private final RequestCaller caller;
    private final Answers answers;
    private final RandomGenerator random = new SecureRandom();

    LeaseController(RequestCaller caller, Answers answers) {
        this.caller = caller;
        this.answers = answers;
    }

    record NewLease(@Min(1) @Max(9_000_000_000L) long ttlSeconds) {}

    record Granted(String lease, long ttlSeconds) {}

    /** @param next the lease after which the next page begins; null if this is the last one */
    record LeasePage(List<String> leases, @Nullable String next) {}

    /**
     * @param remainingSeconds until it ends without renewal, rounded down
     * @param keys that are deleted when it ends; in a key that is no text, some bytes are replaced
     */
    record LeaseState(String lease, long ttlSeconds, long remainingSeconds, List<String> keys) {}

    @PostMapping
    @Operation(summary = "Grants a lease; it may be longer than requested, if that is too short")
    ResponseEntity<Granted> grant(@Valid @RequestBody NewLease request) {
        long id = random.nextLong(1, Long.MAX_VALUE);
        var granted = (StoreResponse.LeaseGranted)
                answers.execute(new StoreCommand.LeaseGrant(id, request.ttlSeconds() * MILLIS));
        Granted body = new Granted(LeaseId.text(granted.id()), granted.ttlMillis() / MILLIS);
        return ResponseEntity.created(URI.create("/v1/leases/" + body.lease())).body(body);
    }

    @GetMapping
    @Operation(summary = "The leases by id, by pages; continue with next until it is null")
    LeasePage list(
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        long last = after == null ? Long.MIN_VALUE : LeaseId.parse("after", after);
        List<String> page = new ArrayList<>();
        Iterator<Lease> leases = answers.read(caller.coordinator().view()).leases();
        answers.require(GuardedCoordinator::requireUser);
        while (leases.hasNext()) {
            long id = leases.next().id();
            if (after == null || id > last) {
                if (page.size() == limit) {
                    return new LeasePage(page, page.getLast());
                }
                page.add(LeaseId.text(id));
            }
        }
        return new LeasePage(page, null);
    }

    @GetMapping("/{lease}")
    @Operation(summary = "The remaining time of a lease, and its keys")
    LeaseState get(@PathVariable String lease) {
        long id = LeaseId.parse("lease", lease);
        TimeToLive found =
                answers.read(caller.coordinator().timeToLive(id, true)).orElseThrow(() -> unknown(lease));
        List<String> keys = found.keys().stream().map(Bytes::toUtf8).toList();
        return new LeaseState(lease, found.ttlMillis() / MILLIS, found.remainingMillis() / MILLIS, keys);
    }

    @PostMapping("/{lease}/renewal")
    @Operation(summary = "Renews a lease to its full time, which counts from when the request was sent")
    Granted renew(@PathVariable String lease) {
        long id = LeaseId.parse("lease", lease);
        long ttlMillis = answers.change(caller.coordinator().keepAlive(id)).orElseThrow(() -> unknown(lease));
        return new Granted(lease, ttlMillis / MILLIS);
    }

    @DeleteMapping("/{lease}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Ends a lease, and deletes its keys")
    void revoke(@PathVariable String lease) {
        long id = LeaseId.parse("lease", lease);
        answers.execute(
                new StoreCommand.LeaseRevoke(id),
                refusal -> refusal instanceof StoreRefusal.LeaseNotFound ? unknown(lease) : Problems.of(refusal));
    }

    private static ProblemException unknown(String lease) {
        return ProblemException.notFound("There is no lease " + lease + ".");
    }
}
