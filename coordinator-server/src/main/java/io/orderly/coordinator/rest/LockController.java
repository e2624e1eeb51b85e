package io.orderly.coordinator.rest;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.orderly.coordinator.api.etcd.LockGrpc;
import io.orderly.coordinator.api.etcd.LockRequest;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.kit.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Locks, those that clients of the etcd API acquire. A lock is always returned with its fencing token. */
@RestController
@RequestMapping("/v1/locks/{name}")
@Tag(name = "Locks")
class LockController {

    private final Answers answers;
    private final ServiceCalls calls;
    private final LockGrpc.LockBlockingStub locks;

    LockController(RequestCaller caller, Answers answers, ServiceCalls calls, Channel services) {
        this.answers = answers;
        this.calls = calls;
        locks = LockGrpc.newBlockingStub(services).withInterceptors(caller);
    }

    /**
     * @param holder null if it is free
     * @param waiting clients that wait for it
     */
    record LockState(String name, @Nullable Holder holder, int waiting) {}

    /**
     * @param lease of the holder; when it ends, the lock is released
     * @param token the fencing token, which increases from each holder to the next; to be passed with each use of the guarded resource
     */
    record Holder(String lease, long token) {

        static Holder of(KeyValue entry) {
            return new Holder(LeaseId.text(entry.lease()), entry.createRevision());
        }
    }

    /** @param waitSeconds how long to wait for the lock; then the attempt is withdrawn */
    record Attempt(String lease, @Min(1) @Max(60) int waitSeconds) {}

    @GetMapping
    @Operation(summary = "The holder of the lock")
    LockState get(@PathVariable String name) {
        QueueState queue = QueueState.read(answers, name);
        KeyValue head = queue.head();
        return new LockState(name, head == null ? null : Holder.of(head), queue.waiting());
    }

    @PostMapping("/holders")
    @Operation(summary = "Waits for the lock and acquires it; a repeated attempt of a lease rejoins its first one")
    Holder acquire(@PathVariable String name, @Valid @RequestBody Attempt attempt) {
        long lease = LeaseId.parse("lease", attempt.lease());
        LockRequest request = LockRequest.newBuilder()
                .setName(ByteString.copyFromUtf8(name))
                .setLease(lease)
                .build();
        calls.call(
                () -> locks.withDeadlineAfter(attempt.waitSeconds(), TimeUnit.SECONDS)
                        .lock(request),
                () -> new ProblemException(
                        Problems.NOT_ACQUIRED, "Another client holds the lock; this attempt was withdrawn."));
        // etcd's response has the key, but not its revision, which is the token
        return QueueState.read(answers, name)
                .ofLease(lease)
                .map(Holder::of)
                .orElseThrow(() -> ProblemException.unprocessable("lease", "has ended"));
    }

    @DeleteMapping("/holders/{lease}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Releases the lock, or withdraws an attempt that waits")
    void release(@PathVariable String name, @PathVariable String lease) {
        KeyValue entry = QueueState.read(answers, name)
                .ofLease(LeaseId.parse("lease", lease))
                .orElseThrow(
                        () -> ProblemException.notFound("The lease neither holds nor awaits the lock " + name + "."));
        answers.execute(QueueState.leave(entry));
    }
}
