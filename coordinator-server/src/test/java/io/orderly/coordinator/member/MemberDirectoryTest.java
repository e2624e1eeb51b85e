package io.orderly.coordinator.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.store.MemberDescription;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemberDirectoryTest {

    private static final NodeId ONE = new NodeId(1);
    private static final NodeId TWO = new NodeId(2);
    private static final NodeId THREE = new NodeId(3);

    private final MemberDirectory directory =
            new MemberDirectory(List.of(configured(ONE, "http://one:2380"), configured(TWO, "http://two:2380")));

    private static Member configured(NodeId id, String peerUrl) {
        return new Member(id, "", List.of(peerUrl), List.of(), false);
    }

    private static MemberDescription described(NodeId id, String... peerUrls) {
        return new MemberDescription(id, "name", List.of(peerUrls), List.of("http://client:1"), false);
    }

    @Test
    void aMemberThatHasNotJoinedKnowsItsConfiguredMembers() {
        directory.update(Membership.UNKNOWN, List.of());
        assertThat(directory.peers(THREE))
                .containsEntry(ONE, InetSocketAddress.createUnresolved("one", 2380))
                .containsEntry(TWO, InetSocketAddress.createUnresolved("two", 2380));
    }

    @Test
    void replicatedDescriptionsTakePrecedence() {
        directory.update(
                new Membership(List.of(ONE, TWO), List.of(THREE)),
                List.of(described(TWO, "http://moved:1"), described(THREE, "http://three:2380")));
        assertThat(directory.peers(ONE))
                .hasSize(2)
                .containsEntry(TWO, InetSocketAddress.createUnresolved("moved", 1))
                .containsEntry(THREE, InetSocketAddress.createUnresolved("three", 2380));
        assertThat(directory.members()).extracting(Member::isLearner).containsExactly(false, false, true);
    }

    @Test
    void aMemberThatIsRemovedIsNoPeer() {
        directory.update(Membership.of(1), List.of(described(TWO, "http://two:2380")));
        assertThat(directory.peers(ONE)).isEmpty();
        assertThat(directory.members()).hasSize(1);
    }

    @Test
    void unusableUrlsAreSkipped() {
        directory.update(
                Membership.of(1, 2),
                List.of(described(TWO, "nonsense", "http://two", "http://[", "http://two:99999", "http://two:7")));
        assertThat(directory.peers(ONE)).containsEntry(TWO, InetSocketAddress.createUnresolved("two", 7));
    }

    @Test
    void aKnownDescriptionChangesNothing() {
        List<MemberDescription> described = List.of(described(TWO, "http://two:7"));
        assertThat(directory.update(Membership.of(1, 2), described)).isTrue();
        assertThat(directory.update(Membership.of(1, 2), described)).isFalse();
        assertThat(directory.update(Membership.of(1), described)).isTrue();
    }
}
