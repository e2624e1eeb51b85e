package io.orderly.kit.members;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.gossip.member.Liveness;
import io.orderly.gossip.member.MemberDescription;
import io.orderly.gossip.member.MemberRecord;
import io.orderly.gossip.member.Version;
import io.orderly.gossip.protocol.View;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembersEndpointTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    @Test
    void showsEachMemberAsThisInstanceSeesIt() throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress("inventory.example", new byte[] {10, 0, 0, 7});
        var description = new MemberDescription(
                "inventory-service-1",
                "inventory-service",
                new InetSocketAddress(address, 8081),
                "http://10.0.0.7:8081",
                NOW.minusSeconds(60).toEpochMilli());
        var record = new MemberRecord(description, 3, new Version(17, 4));
        var view = new View("order-service-1", List.of(new View.Member(record, Liveness.SUSPECT, 18, 900, 2_500)));
        var endpoint = new MembersEndpoint("inventory-service", () -> view, () -> true, () -> NOW);

        var expected = new MemberView(
                "inventory-service-1",
                "inventory-service",
                "10.0.0.7:8081",
                "http://10.0.0.7:8081",
                Liveness.SUSPECT,
                NOW.minusMillis(2_500),
                NOW.minusSeconds(60),
                18,
                "17.4",
                3);
        assertThat(endpoint.all())
                .isEqualTo(
                        new MembersEndpoint.Members("order-service-1", true, "inventory-service-1", List.of(expected)));
        assertThat(endpoint.member("inventory-service-1")).isEqualTo(expected);
        assertThat(endpoint.member("inventory-service")).isNull();
    }
}
