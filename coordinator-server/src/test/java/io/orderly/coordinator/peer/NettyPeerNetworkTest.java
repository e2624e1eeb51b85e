package io.orderly.coordinator.peer;

import static io.orderly.coordinator.peer.PeerFixture.CLUSTER;
import static io.orderly.coordinator.peer.PeerFixture.SETTINGS;
import static io.orderly.coordinator.peer.PeerFixture.loopback;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Payload;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NettyPeerNetworkTest {

    private static final NodeId N1 = new NodeId(1);
    private static final NodeId N2 = new NodeId(2);
    private static final Message.LeaderMarks MARKS = new Message.LeaderMarks(0, 0, 0);

    @TempDir
    Path folder;

    private final List<PeerFixture> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(PeerFixture::close);
    }

    @Test
    void membersReceiveMessagesOfTheOthers() throws IOException {
        PeerFixture one = start(1);
        PeerFixture two = start(2);
        connect(one, two);
        assertThat(one.network.send(N2, accept(1))).isTrue();
        assertThat(two.network.send(N1, heartbeat(7))).isTrue();
        await().until(() -> !one.received.isEmpty() && !two.received.isEmpty());
        assertThat(one.received).containsExactly(new PeerFixture.Received(N2, heartbeat(7)));
        assertThat(two.received).containsExactly(new PeerFixture.Received(N1, accept(1)));
        assertThat(one.count("sent", "peer", "n2")).isPositive();
        await().until(() -> two.count("received", "peer", "n1") >= one.count("sent", "peer", "n2"));
    }

    @Test
    void messagesThatAreKeptBackLeaveWithAFlush() throws IOException {
        PeerFixture one = start(1);
        PeerFixture two = start(2);
        connect(one, two);
        one.network.collect();
        assertThat(one.network.send(N2, heartbeat(1))).isTrue();
        assertThat(two.network.send(N1, heartbeat(7))).isTrue();
        await().until(() -> !one.received.isEmpty());
        assertThat(two.received).isEmpty();
        one.network.flush();
        await().until(() -> two.received.contains(new PeerFixture.Received(N1, heartbeat(1))));
    }

    @Test
    void acceptsArriveInTheirOrder() throws IOException {
        PeerFixture one = start(1);
        PeerFixture two = start(2);
        connect(one, two);
        for (int slot = 1; slot <= 10_000; slot++) {
            assertThat(one.network.send(N2, accept(slot))).isTrue();
        }
        await().until(() -> two.received.size() == 10_000);
        long expected = 1;
        for (PeerFixture.Received received : two.received) {
            assertThat(received.message()).isEqualTo(accept(expected++));
        }
    }

    @Test
    void aMessageToAPeerThatIsNotConnectedIsDropped() throws IOException {
        PeerFixture one = start(1);
        assertThat(one.network.send(N2, heartbeat(1))).isFalse();
        one.network.connectTo(Map.of(N2, loopback(1)));
        assertThat(one.network.send(N2, heartbeat(1))).isFalse();
        assertThat(one.count("dropped", "peer", "n2", "reason", "not_connected"))
                .isEqualTo(1);
    }

    @Test
    void aPeerThatRestartsIsConnectedAgain() throws IOException {
        PeerFixture one = start(1);
        PeerFixture two = start(2);
        connect(one, two);
        int port = two.address().getPort();
        two.close();
        await().until(() -> !one.network.send(N2, heartbeat(1)));
        started.remove(two);
        PeerFixture again = start(identity(2, CLUSTER, 2), folder.resolve("2"), port);
        await().until(() -> one.network.send(N2, heartbeat(2)));
        await().until(() -> again.received.contains(new PeerFixture.Received(N1, heartbeat(2))));
        assertThat(one.count("connects", "peer", "n2")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aMemberOfAnotherClusterIsRefused() throws IOException {
        PeerFixture one = start(1);
        PeerFixture other = start(identity(2, new UUID(9, 9), 2), folder.resolve("2"), 0);
        other.network.connectTo(Map.of(N1, one.address()));
        await().until(() -> one.count("refused", "reason", "other_cluster") > 0);
        assertThat(other.network.send(N1, heartbeat(1))).isFalse();
        assertThat(one.received).isEmpty();
    }

    @Test
    void aMemberWithTheIdOfThisOneIsRefused() throws IOException {
        PeerFixture one = start(1);
        PeerFixture twin = start(identity(1, CLUSTER, 1), folder.resolve("twin"), 0);
        twin.network.connectTo(Map.of(N2, one.address()));
        await().until(() -> one.count("refused", "reason", "same_member") > 0);
    }

    @Test
    void aMemberIsNotMistakenForAnotherOne() throws IOException {
        PeerFixture one = start(1);
        PeerFixture two = start(2);
        two.network.connectTo(Map.of(new NodeId(3), one.address()));
        await().until(() -> one.count("refused", "reason", "other_member") > 0);
        assertThat(two.network.send(new NodeId(3), heartbeat(1))).isFalse();
    }

    /** The promises of the member are lost with its folder. It can join again under a new id. */
    @Test
    void aMemberThatLostItsFolderIsRefusedUnderItsOldIdEvenAfterARestartOfTheOthers() throws IOException {
        PeerFixture one = start(1);
        PeerFixture two = start(2);
        connect(one, two);
        two.close();
        one.close();
        started.clear();
        PeerFixture oneAgain = start(1);
        PeerFixture wiped = start(identity(2, CLUSTER, 99), folder.resolve("2-wiped"), 0);
        wiped.network.connectTo(Map.of(N1, oneAgain.address()));
        oneAgain.network.connectTo(Map.of(N2, wiped.address()));
        await().until(() -> oneAgain.count("refused", "reason", "other_incarnation") > 1);
        assertThat(wiped.network.send(N1, heartbeat(1))).isFalse();
        assertThat(oneAgain.network.send(N2, heartbeat(1))).isFalse();
        assertThat(wiped.received).isEmpty();
    }

    @Test
    void aRemovedMemberIsDisconnectedAndRefused() throws IOException {
        PeerFixture one = start(1);
        PeerFixture two = start(2);
        connect(one, two);
        one.network.connectTo(Map.of());
        await().until(() -> one.count("refused", "reason", "removed_member") > 0);
        assertThat(two.network.send(N1, heartbeat(1))).isFalse();
        assertThat(one.network.send(N2, heartbeat(1))).isFalse();
    }

    /** A member can answer another one before it applies the change that added it. */
    @Test
    void aMemberThatIsNotKnownYetIsAnswered() throws IOException {
        PeerFixture one = start(1);
        PeerFixture reserved = start(2);
        int port = reserved.address().getPort();
        reserved.close();
        started.remove(reserved);
        PeerFixture two = start(
                new PeerIdentity(CLUSTER, N2, 2, InetSocketAddress.createUnresolved("localhost", port)),
                folder.resolve("2"),
                port);
        two.network.connectTo(Map.of(N1, one.address()));
        await().until(() -> one.network.send(N2, heartbeat(1)));
        await().until(() -> !two.received.isEmpty());
    }

    @Test
    void aPeerThatMovesIsConnectedAtItsNewAddress() throws IOException {
        PeerFixture one = start(1);
        PeerFixture two = start(2);
        one.network.connectTo(Map.of(N2, loopback(1)));
        one.network.connectTo(Map.of(N2, two.address()));
        await().until(() -> one.network.send(N2, heartbeat(1)));
    }

    @Test
    void anAddressInUseIsReported() throws IOException {
        PeerFixture one = start(1);
        assertThatThrownBy(() -> start(
                        identity(2, CLUSTER, 2),
                        folder.resolve("2"),
                        one.address().getPort()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("peers cannot be served at");
    }

    static PeerMessage heartbeat(long round) {
        return new PeerMessage.Consensus(new Message.Heartbeat(new Ballot(1, 1), MARKS, round));
    }

    static PeerMessage accept(long slot) {
        return new PeerMessage.Consensus(new Message.Accept(
                new Ballot(1, 1), slot, List.of(new Payload.Command(new byte[] {(byte) slot})), MARKS));
    }

    private static PeerIdentity identity(int node, UUID cluster, long incarnation) {
        return new PeerIdentity(cluster, new NodeId(node), incarnation, loopback(0));
    }

    private PeerFixture start(int node) throws IOException {
        return start(identity(node, CLUSTER, node), folder.resolve(String.valueOf(node)), 0);
    }

    private PeerFixture start(PeerIdentity identity, Path its, int port) throws IOException {
        var fixture = new PeerFixture(identity, its, SETTINGS, port);
        started.add(fixture);
        return fixture;
    }

    private static void connect(PeerFixture one, PeerFixture two) {
        one.network.connectTo(Map.of(two.node, two.address()));
        two.network.connectTo(Map.of(one.node, one.address()));
        await().until(() -> one.count("connects", "peer", two.node.toString()) == 1
                && two.count("connects", "peer", one.node.toString()) == 1);
    }
}
