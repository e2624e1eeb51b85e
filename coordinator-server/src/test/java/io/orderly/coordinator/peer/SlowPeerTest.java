package io.orderly.coordinator.peer;

import static io.orderly.coordinator.peer.NettyPeerNetworkTest.heartbeat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Payload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A peer that accepts the connections of a member and then reads little or nothing. */
class SlowPeerTest {

    private static final NodeId SLOW = new NodeId(2);
    private static final int BATCH_BYTES = 1 << 20;

    @TempDir
    Path folder;

    private ServerSocket port;

    @BeforeEach
    void listen() throws IOException {
        port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port.setSoTimeout(10_000);
    }

    @AfterEach
    void stop() throws IOException {
        port.close();
    }

    private PeerFixture start(PeerSettings settings) throws IOException {
        var identity = new PeerIdentity(PeerFixture.CLUSTER, new NodeId(1), 1, PeerFixture.loopback(0));
        var member = new PeerFixture(identity, folder.resolve("1"), settings, 0);
        member.network.connectTo(Map.of(SLOW, (InetSocketAddress) port.getLocalSocketAddress()));
        return member;
    }

    /** The two connections of a member, after the handshake. */
    private Map<Lane, RawPeer> accept() throws Exception {
        Map<Lane, RawPeer> lanes = new EnumMap<>(Lane.class);
        while (lanes.size() < Lane.values().length) {
            var peer = new RawPeer(port.accept());
            Handshake.Hello hello = Handshake.Hello.read(peer.receive());
            peer.send(new Handshake.Answer(Handshake.Verdict.ACCEPTED, 2, hello.challenge(), 77)::write);
            assertThat(Handshake.Confirmation.read(peer.receive()).challenge()).isEqualTo(77);
            lanes.put(hello.lane(), peer);
        }
        return lanes;
    }

    @Test
    void holdsNoMoreMemoryThanItsLimitAndDelaysNoHeartbeat() throws Exception {
        try (PeerFixture member = start(PeerPortTest.PATIENT)) {
            Map<Lane, RawPeer> lanes = accept();
            await().until(() -> member.network.send(SLOW, heartbeat(0)));
            int taken = 0;
            while (taken < 100 && member.network.send(SLOW, batch())) {
                taken++;
            }
            assertThat(taken).isLessThan(100);
            assertThat(member.count("dropped", "peer", "n2", "reason", "full")).isEqualTo(1);
            assertThat(member.gauge("waiting", SLOW)).isBetween(1.0, (double) PeerPortTest.PATIENT.maxWaitingBytes());

            assertThat(member.network.send(SLOW, heartbeat(1))).isTrue();
            RawPeer urgent = lanes.get(Lane.URGENT);
            assertThat(nextMessage(urgent)).isEqualTo(heartbeat(0));
            assertThat(nextMessage(urgent)).isEqualTo(heartbeat(1));

            // once the peer reads, all accepted messages arrive
            RawPeer bulk = lanes.get(Lane.BULK);
            for (int i = 0; i < taken; i++) {
                assertThat(nextMessage(bulk)).isEqualTo(batch());
            }
            await().until(() -> member.gauge("waiting", SLOW) == 0);
            assertThat(member.network.send(SLOW, batch())).isTrue();
        }
    }

    @Test
    void isDisconnectedIfItAnswersNoPing() throws Exception {
        try (PeerFixture member = start(PeerFixture.SETTINGS)) {
            Map<Lane, RawPeer> lanes = accept();
            await().until(() -> member.gauge("connected", SLOW) == 1);
            for (RawPeer peer : lanes.values()) {
                peer.awaitClosed();
            }
            assertThat(member.gauge("waiting", SLOW)).isZero();
            accept();
            await().until(() -> member.count("connects", "peer", "n2") == 2);
        }
    }

    /** Heartbeats of a leader whose batches do not arrive would prevent elections. */
    @Test
    void losesBothConnectionsIfItLosesOne() throws Exception {
        try (PeerFixture member = start(PeerPortTest.PATIENT)) {
            Map<Lane, RawPeer> lanes = accept();
            await().until(() -> member.gauge("connected", SLOW) == 1);
            lanes.get(Lane.BULK).close();
            lanes.get(Lane.URGENT).awaitClosed();
        }
    }

    private static PeerMessage batch() {
        return new PeerMessage.Consensus(new Message.Accept(
                new Ballot(1, 1),
                1,
                List.of(new Payload.Command(new byte[BATCH_BYTES])),
                new Message.LeaderMarks(0, 0, 0)));
    }

    /** Pings are skipped. */
    private static PeerMessage nextMessage(RawPeer peer) throws Exception {
        ByteBuf content = peer.receive();
        while (!content.isReadable()) {
            content = peer.receive();
        }
        return PeerCodec.decode(content);
    }
}
