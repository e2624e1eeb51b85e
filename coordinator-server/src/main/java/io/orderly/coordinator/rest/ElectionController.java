package io.orderly.coordinator.rest;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.orderly.coordinator.api.etcd.CampaignRequest;
import io.orderly.coordinator.api.etcd.CampaignResponse;
import io.orderly.coordinator.api.etcd.ElectionGrpc;
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
import tools.jackson.databind.JsonNode;

/** Elections, those that clients of the etcd API take part in. */
@RestController
@RequestMapping("/v1/elections/{name}")
@Tag(name = "Elections")
class ElectionController {

    private final Answers answers;
    private final ServiceCalls calls;
    private final ElectionGrpc.ElectionBlockingStub elections;

    ElectionController(RequestCaller caller, Answers answers, ServiceCalls calls, Channel services) {
        this.answers = answers;
        this.calls = calls;
        elections = ElectionGrpc.newBlockingStub(services).withInterceptors(caller);
    }

    /**
     * @param leader null if there is none
     * @param waiting candidates that do not lead
     */
    record ElectionState(String name, @Nullable LeaderState leader, int waiting) {}

    /**
     * @param lease of the leader; when it ends, so does the leadership
     * @param token the fencing token, which increases from each leader to the next
     * @param value that the leader proclaims
     */
    record LeaderState(String lease, long token, @Nullable JsonNode value) {

        static @Nullable LeaderState of(@Nullable KeyValue head) {
            return head == null
                    ? null
                    : new LeaderState(
                            LeaseId.text(head.lease()),
                            head.createRevision(),
                            StoredValue.of(head.value()).json());
        }
    }

    /**
     * @param value to proclaim
     * @param waitSeconds how long to wait to be the leader; then the candidate is withdrawn
     */
    record Candidate(
            String lease,
            @Nullable String value,
            @Min(1) @Max(60) int waitSeconds) {}

    record Elected(String name, String lease, long token) {}

    @GetMapping
    @Operation(summary = "Who leads")
    ElectionState get(@PathVariable String name) {
        QueueState queue = QueueState.read(answers, name);
        return new ElectionState(name, LeaderState.of(queue.head()), queue.waiting());
    }

    @PostMapping("/candidates")
    @Operation(summary = "Campaigns until the candidate leads; a repeated campaign of a lease rejoins its first one")
    Elected campaign(@PathVariable String name, @Valid @RequestBody Candidate candidate) {
        CampaignRequest request = CampaignRequest.newBuilder()
                .setName(ByteString.copyFromUtf8(name))
                .setLease(LeaseId.parse("lease", candidate.lease()))
                .setValue(ByteString.copyFromUtf8(candidate.value() == null ? "" : candidate.value()))
                .build();
        CampaignResponse elected = calls.call(
                () -> elections
                        .withDeadlineAfter(candidate.waitSeconds(), TimeUnit.SECONDS)
                        .campaign(request),
                () -> new ProblemException(Problems.NOT_ACQUIRED, "Another candidate leads; this one was withdrawn."));
        return new Elected(
                name,
                LeaseId.text(elected.getLeader().getLease()),
                elected.getLeader().getRev());
    }

    @DeleteMapping("/candidates/{lease}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Resigns, or withdraws a candidate that waits")
    void resign(@PathVariable String name, @PathVariable String lease) {
        KeyValue entry = QueueState.read(answers, name)
                .ofLease(LeaseId.parse("lease", lease))
                .orElseThrow(
                        () -> ProblemException.notFound("The lease has no candidate in the election " + name + "."));
        answers.execute(QueueState.leave(entry));
    }
}
