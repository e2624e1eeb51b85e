package io.orderly.kit.members;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.gossip.member.Liveness;
import io.orderly.gossip.member.MemberDescription;
import io.orderly.gossip.member.MemberRecord;
import io.orderly.gossip.member.Version;
import io.orderly.gossip.protocol.View;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmergentLeaderTest {

    private static final String SERVICE = "inventory-service";

    @Test
    void theInstanceThatStartedFirstLeadsWhateverOtherServicesDo() {
        List<View.Member> all = List.of(
                member("inventory-service", 1, 70, Liveness.ALIVE),
                member("inventory-service", 2, 60, Liveness.ALIVE),
                member("order-service", 1, 50, Liveness.ALIVE));
        assertThat(leads(1, all)).isFalse();
        assertThat(leads(2, all)).isTrue();
        assertThat(EmergentLeader.of("order-service", () -> new View("order-service-1", all))
                        .isSelf())
                .isTrue();
    }

    @Test
    void theNextOneLeadsWhenTheLeaderIsDeadOrHasLeftAndNotBefore() {
        for (Liveness liveness : Liveness.values()) {
            List<View.Member> all = List.of(
                    member("inventory-service", 1, 70, Liveness.ALIVE), member("inventory-service", 2, 60, liveness));
            assertThat(leads(1, all)).as(liveness.toString()).isEqualTo(!liveness.isLive());
        }
    }

    @Test
    void bothLeadWhileEachSeesTheOtherAsDead() {
        View.Member one = member("inventory-service", 1, 60, Liveness.ALIVE);
        View.Member two = member("inventory-service", 2, 70, Liveness.ALIVE);
        assertThat(leads(1, List.of(one, member("inventory-service", 2, 70, Liveness.DEAD))))
                .isTrue();
        assertThat(leads(2, List.of(member("inventory-service", 1, 60, Liveness.DEAD), two)))
                .isTrue();
    }

    @Test
    void anInstanceThatKnowsNoMemberLeads() {
        assertThat(leads(1, List.of())).isTrue();
    }

    private static boolean leads(int self, List<View.Member> members) {
        return EmergentLeader.of(SERVICE, () -> new View(SERVICE + "-" + self, members))
                .isSelf();
    }

    private static View.Member member(String service, int number, long startedAtMillis, Liveness liveness) {
        var description = new MemberDescription(
                service + "-" + number,
                service,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), number),
                "http://localhost:" + number,
                startedAtMillis);
        var record = new MemberRecord(description, 0, new Version(startedAtMillis, 0));
        return new View.Member(record, liveness, startedAtMillis, 0, 0);
    }
}
