package io.orderly.coordinator.etcd;

import static io.orderly.coordinator.etcd.EtcdApi.assertFails;
import static io.orderly.coordinator.etcd.EtcdApi.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.Context;
import io.grpc.Status.Code;
import io.orderly.coordinator.api.etcd.CampaignRequest;
import io.orderly.coordinator.api.etcd.CampaignResponse;
import io.orderly.coordinator.api.etcd.ElectionGrpc;
import io.orderly.coordinator.api.etcd.LeaderKey;
import io.orderly.coordinator.api.etcd.LeaderRequest;
import io.orderly.coordinator.api.etcd.LeaderResponse;
import io.orderly.coordinator.api.etcd.ProclaimRequest;
import io.orderly.coordinator.api.etcd.ResignRequest;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ElectionServiceTest {

    private final EtcdApi api = new EtcdApi();

    @AfterEach
    void close() {
        api.close();
    }

    private ElectionGrpc.ElectionBlockingStub elections() {
        return ElectionGrpc.newBlockingStub(api.channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    private static CampaignRequest campaign(long lease, String value) {
        return CampaignRequest.newBuilder()
                .setName(utf8("chief"))
                .setLease(lease)
                .setValue(utf8(value))
                .build();
    }

    private static LeaderRequest chief() {
        return LeaderRequest.newBuilder().setName(utf8("chief")).build();
    }

    private static ProclaimRequest proclaim(LeaderKey key, String value) {
        return ProclaimRequest.newBuilder().setLeader(key).setValue(utf8(value)).build();
    }

    private static ResignRequest resign(LeaderKey key) {
        return ResignRequest.newBuilder().setLeader(key).build();
    }

    @Test
    void theNextCandidateLeadsWhenTheLeaderResigns() throws Exception {
        assertFails(() -> elections().leader(chief()), Code.UNKNOWN, "election: no leader");
        LeaderKey first = elections().campaign(campaign(api.grant(60), "one")).getLeader();
        ListenableFuture<CampaignResponse> waiting =
                ElectionGrpc.newFutureStub(api.channel).campaign(campaign(api.grant(60), "two"));
        assertThat(elections().leader(chief()).getKv().getValue()).isEqualTo(utf8("one"));
        elections().resign(resign(first));
        LeaderKey second = waiting.get(10, TimeUnit.SECONDS).getLeader();
        assertThat(second.getRev()).isGreaterThan(first.getRev());
        LeaderResponse leader = elections().leader(chief());
        assertThat(leader.getKv().getKey()).isEqualTo(second.getKey());
        assertThat(leader.getKv().getCreateRevision()).isEqualTo(second.getRev());
        elections().resign(resign(first));
        assertFails(() -> elections().proclaim(proclaim(first, "late")), Code.UNKNOWN, "election: not leader");
    }

    @Test
    void aRepeatedCampaignLeadsWithItsOwnValue() {
        long lease = api.grant(60);
        LeaderKey first = elections().campaign(campaign(lease, "one")).getLeader();
        LeaderKey again = elections().campaign(campaign(lease, "other")).getLeader();
        assertThat(again.getKey()).isEqualTo(first.getKey());
        assertThat(again.getRev()).isEqualTo(first.getRev());
        assertThat(elections().leader(chief()).getKv().getValue()).isEqualTo(utf8("other"));
    }

    @Test
    void observersReceiveLeadersAndValues() {
        try (var context = Context.current().withCancellation()) {
            Iterator<LeaderResponse> observed =
                    context.wrap(() -> elections().observe(chief())).call();
            LeaderKey first =
                    elections().campaign(campaign(api.grant(60), "one")).getLeader();
            assertThat(observed.next().getKv().getValue()).isEqualTo(utf8("one"));
            elections().proclaim(proclaim(first, "two"));
            LeaderResponse second = observed.next();
            assertThat(second.getKv().getValue()).isEqualTo(utf8("two"));
            assertThat(second.getKv().getCreateRevision()).isEqualTo(first.getRev());
            assertThat(second.getKv().getVersion()).isEqualTo(2);
            elections().resign(resign(first));
            elections().campaign(campaign(api.grant(60), "three"));
            assertThat(observed.next().getKv().getValue()).isEqualTo(utf8("three"));
            context.cancel(null);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        await().untilAsserted(() -> assertThat(api.member.watches()).isZero());
    }

    @Test
    void aMissingLeaderKeyIsRefused() {
        assertFails(
                () -> elections().proclaim(ProclaimRequest.getDefaultInstance()),
                Code.UNKNOWN,
                "\"leader\" field must be provided");
        assertFails(
                () -> elections().resign(ResignRequest.getDefaultInstance()),
                Code.UNKNOWN,
                "\"leader\" field must be provided");
    }
}
