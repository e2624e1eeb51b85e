package io.orderly.coordinator.etcd;

import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.ClusterGrpc;
import io.orderly.coordinator.api.etcd.Member;
import io.orderly.coordinator.api.etcd.MemberAddRequest;
import io.orderly.coordinator.api.etcd.MemberAddResponse;
import io.orderly.coordinator.api.etcd.MemberListRequest;
import io.orderly.coordinator.api.etcd.MemberListResponse;
import io.orderly.coordinator.api.etcd.MemberPromoteRequest;
import io.orderly.coordinator.api.etcd.MemberPromoteResponse;
import io.orderly.coordinator.api.etcd.MemberRemoveRequest;
import io.orderly.coordinator.api.etcd.MemberRemoveResponse;
import io.orderly.coordinator.api.etcd.MemberUpdateRequest;
import io.orderly.coordinator.api.etcd.MemberUpdateResponse;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.member.Coordinator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The members of the cluster. A member that is added to vote is a learner until it has caught up. */
final class ClusterService extends ClusterGrpc.ClusterImplBase {

    private final Coordinator coordinator;
    private final Headers headers;

    ClusterService(Coordinator coordinator, Headers headers) {
        this.coordinator = coordinator;
        this.headers = headers;
    }

    @Override
    public void memberList(MemberListRequest request, StreamObserver<MemberListResponse> observer) {
        if (request.getLinearizable()) {
            UnaryAnswer.ofReply(coordinator.view(), observer, _ -> list());
        } else {
            UnaryAnswer.of(CompletableFuture.completedFuture(true), observer, _ -> list());
        }
    }

    private MemberListResponse list() {
        return MemberListResponse.newBuilder()
                .setHeader(headers.withoutRevision())
                .addAllMembers(members())
                .build();
    }

    @Override
    public void memberAdd(MemberAddRequest request, StreamObserver<MemberAddResponse> observer) {
        if (!PeerUrls.areValid(request.getPeerURLsList())) {
            observer.onError(EtcdError.BAD_MEMBER_URLS.exception());
        } else if (isUsed(request.getPeerURLsList())) {
            observer.onError(EtcdError.PEER_URL_EXISTS.exception());
        } else {
            UnaryAnswer.ofReply(
                    coordinator.addMember(request.getPeerURLsList(), !request.getIsLearner()),
                    observer,
                    added -> MemberAddResponse.newBuilder()
                            .setHeader(headers.withoutRevision())
                            .setMember(message(added))
                            .addAllMembers(members())
                            .build());
        }
    }

    private boolean isUsed(List<String> peerUrls) {
        return coordinator.members().stream()
                .anyMatch(member -> member.peerUrls().stream().anyMatch(peerUrls::contains));
    }

    @Override
    public void memberRemove(MemberRemoveRequest request, StreamObserver<MemberRemoveResponse> observer) {
        Optional<io.orderly.coordinator.member.Member> known = find(request.getID());
        if (known.isEmpty()) {
            observer.onError(EtcdError.MEMBER_NOT_FOUND.exception());
        } else if (isLastVoter(known.get())) {
            observer.onError(EtcdError.NOT_ENOUGH_MEMBERS.exception());
        } else {
            UnaryAnswer.ofReply(
                    coordinator.removeMember(known.get().id()),
                    observer,
                    removed -> MemberRemoveResponse.newBuilder()
                            .setHeader(headers.withoutRevision())
                            .addAllMembers(membersWithout(removed))
                            .build());
        }
    }

    private boolean isLastVoter(io.orderly.coordinator.member.Member member) {
        return !member.isLearner()
                && coordinator.members().stream()
                                .filter(other -> !other.isLearner())
                                .count()
                        == 1;
    }

    @Override
    public void memberUpdate(MemberUpdateRequest request, StreamObserver<MemberUpdateResponse> observer) {
        Optional<io.orderly.coordinator.member.Member> known = find(request.getID());
        if (known.isEmpty()) {
            observer.onError(EtcdError.MEMBER_NOT_FOUND.exception());
        } else if (!PeerUrls.areValid(request.getPeerURLsList())) {
            observer.onError(EtcdError.BAD_MEMBER_URLS.exception());
        } else {
            UnaryAnswer.ofReply(
                    coordinator.updateMember(known.get().id(), request.getPeerURLsList()),
                    observer,
                    _ -> MemberUpdateResponse.newBuilder()
                            .setHeader(headers.withoutRevision())
                            .addAllMembers(members())
                            .build());
        }
    }

    @Override
    public void memberPromote(MemberPromoteRequest request, StreamObserver<MemberPromoteResponse> observer) {
        Optional<io.orderly.coordinator.member.Member> known = find(request.getID());
        if (known.isEmpty()) {
            observer.onError(EtcdError.MEMBER_NOT_FOUND.exception());
        } else if (!known.get().isLearner()) {
            observer.onError(EtcdError.MEMBER_NOT_LEARNER.exception());
        } else {
            UnaryAnswer.ofReply(
                    coordinator.promoteMember(known.get().id()),
                    observer,
                    _ -> MemberPromoteResponse.newBuilder()
                            .setHeader(headers.withoutRevision())
                            .addAllMembers(members())
                            .build());
        }
    }

    private Optional<io.orderly.coordinator.member.Member> find(long id) {
        return coordinator.members().stream()
                .filter(member -> member.id().value() == id)
                .findFirst();
    }

    private List<Member> members() {
        return coordinator.members().stream().map(ClusterService::message).toList();
    }

    /** The members without the removed one, whose removal this member may not have applied yet. */
    private List<Member> membersWithout(NodeId removed) {
        return coordinator.members().stream()
                .filter(member -> !member.id().equals(removed))
                .map(ClusterService::message)
                .toList();
    }

    private static Member message(io.orderly.coordinator.member.Member member) {
        return Member.newBuilder()
                .setID(member.id().value())
                .setName(member.name())
                .addAllPeerURLs(member.peerUrls())
                .addAllClientURLs(member.clientUrls())
                .setIsLearner(member.isLearner())
                .build();
    }
}
