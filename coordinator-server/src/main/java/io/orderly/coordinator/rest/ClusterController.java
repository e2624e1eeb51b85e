package io.orderly.coordinator.rest;

import io.grpc.Channel;
import io.orderly.coordinator.api.etcd.AlarmRequest;
import io.orderly.coordinator.api.etcd.AlarmResponse;
import io.orderly.coordinator.api.etcd.MaintenanceGrpc;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.member.Coordinator;
import io.orderly.coordinator.member.Member;
import io.orderly.kit.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The members of the cluster, and its state as this member sees it. */
@RestController
@RequestMapping("/v1/cluster")
@Tag(name = "Cluster")
class ClusterController {

    private static final int ALARMS_SECONDS = 5;
    private static final int MAX_PORT = 65_535;

    private final Coordinator coordinator;
    private final RequestCaller caller;
    private final Answers answers;
    private final ServiceCalls calls;
    private final MaintenanceGrpc.MaintenanceBlockingStub maintenance;

    ClusterController(
            Coordinator coordinator, RequestCaller caller, Answers answers, ServiceCalls calls, Channel services) {
        this.coordinator = coordinator;
        this.caller = caller;
        this.answers = answers;
        this.calls = calls;
        maintenance = MaintenanceGrpc.newBlockingStub(services);
    }

    /**
     * @param id in hexadecimal
     * @param member that answers
     * @param leader null if this member knows none
     * @param ballot of the leader, its round and its member
     * @param commit the last slot that this member knows to be decided
     * @param lag how many decided slots this member has not applied
     * @param watches how many watches this member serves
     * @param alarms of all members
     */
    record Cluster(
            String id,
            int member,
            @Nullable Integer leader,
            String ballot,
            long commit,
            long applied,
            long lag,
            int watches,
            List<MemberState> members,
            List<AlarmState> alarms) {}

    /** @param name empty until the member has started for the first time */
    record MemberState(int id, String name, List<String> peerUrls, List<String> clientUrls, boolean learner) {

        static MemberState of(Member member) {
            return new MemberState(
                    member.id().value(), member.name(), member.peerUrls(), member.clientUrls(), member.isLearner());
        }
    }

    /** @param alarm such as NOSPACE or CORRUPT */
    record AlarmState(long member, String alarm) {}

    /** @param voter whether it gets its vote as soon as it has caught up; else it waits for its promotion */
    record NewMember(@NotEmpty List<String> peerUrls, boolean voter) {}

    record Leader(@Min(1) int member) {}

    @GetMapping
    @Operation(summary = "The members, the leader, and the progress of this member")
    Cluster get() {
        AlarmResponse raised = calls.call(
                () -> maintenance
                        .withDeadlineAfter(ALARMS_SECONDS, TimeUnit.SECONDS)
                        .alarm(AlarmRequest.getDefaultInstance()),
                () -> Problems.notApplied("The alarms could not be read in time."));
        List<AlarmState> alarms = raised.getAlarmsList().stream()
                .map(alarm ->
                        new AlarmState(alarm.getMemberID(), alarm.getAlarm().name()))
                .toList();
        Status status = coordinator.status();
        NodeId leader = status.leader();
        return new Cluster(
                Long.toHexString(coordinator.clusterId()),
                coordinator.self().value(),
                leader == null ? null : leader.value(),
                status.ballot().toString(),
                status.commit(),
                status.applied(),
                status.commit() - status.applied(),
                coordinator.watches(),
                coordinator.members().stream().map(MemberState::of).toList(),
                alarms);
    }

    @PostMapping("/members")
    @Operation(summary = "Adds a member, which is to be started then")
    ResponseEntity<MemberState> add(@Valid @RequestBody NewMember request) {
        request.peerUrls().forEach(ClusterController::requireUrl);
        MemberState added =
                MemberState.of(answers.change(caller.coordinator().addMember(request.peerUrls(), request.voter())));
        return ResponseEntity.created(URI.create("/v1/cluster/members/" + added.id()))
                .body(added);
    }

    @PostMapping("/members/{id}/promotion")
    @Operation(summary = "Gives a learner its vote")
    MemberState promote(@PathVariable @Min(1) int id) {
        return MemberState.of(answers.change(caller.coordinator().promoteMember(existing(id))));
    }

    @DeleteMapping("/members/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Removes a member permanently; it may be switched off then")
    void remove(@PathVariable @Min(1) int id) {
        answers.change(caller.coordinator().removeMember(existing(id)));
    }

    @PutMapping("/leader")
    @Operation(summary = "Transfers leadership to a member")
    Leader transfer(@Valid @RequestBody Leader target) {
        return new Leader(answers.change(caller.coordinator().transferLeadership(new NodeId(target.member())))
                .value());
    }

    private NodeId existing(int id) {
        return coordinator.members().stream()
                .map(Member::id)
                .filter(member -> member.value() == id)
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("There is no member " + id + "."));
    }

    private static void requireUrl(String text) {
        try {
            URI url = URI.create(text);
            if (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null
                    && url.getPort() > 0
                    && url.getPort() <= MAX_PORT) {
                return;
            }
        } catch (IllegalArgumentException _) {
            // reported below
        }
        throw ProblemException.invalid("peerUrls", "must be URLs such as http://10.0.0.4:2380");
    }
}
