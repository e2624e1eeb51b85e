package io.orderly.coordinator.etcd;

import static io.orderly.coordinator.etcd.EtcdApi.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import io.orderly.coordinator.api.etcd.ClusterGrpc;
import io.orderly.coordinator.api.etcd.Member;
import io.orderly.coordinator.api.etcd.MemberAddRequest;
import io.orderly.coordinator.api.etcd.MemberListRequest;
import io.orderly.coordinator.api.etcd.MemberPromoteRequest;
import io.orderly.coordinator.api.etcd.MemberRemoveRequest;
import io.orderly.coordinator.api.etcd.MemberUpdateRequest;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.server.Reply;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterServiceTest {

    private static final String URL = "http://10.0.0.2:2380";
    private static final String LEARNER_LAGS =
            "etcdserver: can only promote a learner member which is in sync with leader";

    private final EtcdApi api = new EtcdApi();

    @AfterEach
    void close() {
        api.close();
    }

    private ClusterGrpc.ClusterBlockingStub cluster() {
        return ClusterGrpc.newBlockingStub(api.channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    private Member add(String url) {
        return cluster()
                .memberAdd(MemberAddRequest.newBuilder()
                        .addPeerURLs(url)
                        .setIsLearner(true)
                        .build())
                .getMember();
    }

    private List<Member> promote(long id) {
        return cluster()
                .memberPromote(MemberPromoteRequest.newBuilder().setID(id).build())
                .getMembersList();
    }

    private List<Member> remove(long id) {
        return cluster()
                .memberRemove(MemberRemoveRequest.newBuilder().setID(id).build())
                .getMembersList();
    }

    @Test
    void aMemberIsAddedUpdatedPromotedAndRemoved() {
        Member added = add(URL);
        assertThat(added.getIsLearner()).isTrue();
        assertThat(added.getPeerURLsList()).containsExactly(URL);
        var list = cluster()
                .memberList(MemberListRequest.newBuilder().setLinearizable(true).build());
        assertThat(list.getMembersList()).map(Member::getID).containsExactly(1L, added.getID());
        assertThat(list.getHeader().getRevision()).isZero();
        assertThat(cluster()
                        .memberUpdate(MemberUpdateRequest.newBuilder()
                                .setID(added.getID())
                                .addPeerURLs("http://10.0.0.3:2380")
                                .build())
                        .getMembers(1)
                        .getPeerURLsList())
                .containsExactly("http://10.0.0.3:2380");
        assertFails(() -> promote(added.getID()), Code.FAILED_PRECONDITION, LEARNER_LAGS);
        api.member.firstStart(new NodeId((int) added.getID()));
        assertThat(promote(added.getID()).get(1).getIsLearner()).isFalse();
        assertFails(
                () -> promote(added.getID()),
                Code.FAILED_PRECONDITION,
                "etcdserver: can only promote a learner member");
        assertThat(remove(added.getID())).hasSize(1);
        assertThat(add(URL).getID()).isGreaterThan(added.getID());
    }

    @Test
    void aLocalListNeedsNoLeader() {
        api.member.loseLeader();
        assertThat(cluster().memberList(MemberListRequest.getDefaultInstance()).getMembersCount())
                .isEqualTo(1);
        assertFails(
                () -> cluster()
                        .memberList(MemberListRequest.newBuilder()
                                .setLinearizable(true)
                                .build()),
                Code.UNAVAILABLE,
                "etcdserver: no leader");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.2",
                "http://10.0.0.2",
                "ftp://10.0.0.2:21",
                "http://a b:1",
                "http://h:1/path",
                "http://h:65536"
            })
    void aMalformedUrlIsRefused(String url) {
        assertFails(() -> add(url), Code.INVALID_ARGUMENT, "etcdserver: given member URLs are invalid");
    }

    @Test
    void invalidChangesAreRefused() {
        assertFails(
                () -> cluster().memberAdd(MemberAddRequest.getDefaultInstance()),
                Code.INVALID_ARGUMENT,
                "etcdserver: given member URLs are invalid");
        assertFails(
                () -> add("http://127.0.0.1:2380"), Code.FAILED_PRECONDITION, "etcdserver: Peer URLs already exists");
        for (long unknown : new long[] {0, 7, 1L << 32 | 1, -1}) {
            assertFails(() -> remove(unknown), Code.NOT_FOUND, "etcdserver: member not found");
            assertFails(() -> promote(unknown), Code.NOT_FOUND, "etcdserver: member not found");
        }
        assertFails(
                () -> remove(1),
                Code.FAILED_PRECONDITION,
                "etcdserver: re-configuration failed due to not enough started members");
    }

    @Test
    void aLearnerThatLagsIsNotPromoted() {
        long id = add(URL).getID();
        api.member.firstStart(new NodeId((int) id));
        api.member.answerMembershipWith(new Reply.Refused<>(new Refusal.NotCaughtUp(new NodeId((int) id), 1_000)));
        assertFails(() -> promote(id), Code.FAILED_PRECONDITION, LEARNER_LAGS);
        api.member.answerMembershipWith(new Reply.Refused<>(new Refusal.ChangeInProgress()));
        assertFails(
                () -> promote(id), Code.UNAVAILABLE, "coordinator: another change of the membership is in progress");
    }
}
