package io.orderly.coordinator.peer;

import static io.orderly.coordinator.peer.NettyPeerNetworkTest.heartbeat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.orderly.coordinator.consensus.NodeId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The peer port refuses everything except members of the cluster, at little cost. */
class PeerPortTest {

    /** Long enough that no silent connection is closed during a test. */
    static final PeerSettings PATIENT = new PeerSettings(
            2,
            PeerCodec.MAX_BYTES,
            16,
            Duration.ofSeconds(60),
            Duration.ofMillis(50),
            Duration.ofSeconds(60),
            Duration.ofMillis(10),
            Duration.ofMillis(100));

    @TempDir
    Path folder;

    private PeerFixture member;

    @BeforeEach
    void start() throws IOException {
        member = new PeerFixture(1, folder.resolve("1"));
    }

    /** After each test, a member can still connect. */
    @AfterEach
    void stop() throws Exception {
        try (RawPeer peer = RawPeer.member(member.address(), 9, 1, Lane.URGENT)) {
            peer.send(message(heartbeat(99)));
            await().until(() -> member.received.contains(new PeerFixture.Received(new NodeId(9), heartbeat(99))));
        } finally {
            member.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001",
                "\u0000\u0000\u0000\u0004abcdefgh",
                "SSH-2.0-OpenSSH_9.2\r\n"
            })
    void otherProtocolsAreRefused(String greeting) throws IOException {
        try (RawPeer peer = RawPeer.dial(member.address())) {
            peer.write(greeting.getBytes(StandardCharsets.ISO_8859_1));
            peer.awaitClosed();
        }
        await().until(() -> member.count("refused", "reason", "malformed") == 1);
    }

    @Test
    void noiseIsRefused() throws IOException {
        var random = new SplittableRandom(5);
        for (int i = 0; i < 50; i++) {
            byte[] noise = new byte[8 + random.nextInt(3_000)];
            random.nextBytes(noise);
            noise[0] |= 1;
            try (RawPeer peer = RawPeer.dial(member.address())) {
                writeUnlessClosed(peer, noise);
                peer.awaitClosed();
            }
        }
    }

    private static void writeUnlessClosed(RawPeer peer, byte[] bytes) {
        try {
            peer.write(bytes);
        } catch (IOException e) {
            // the connection was closed during the write, as expected
        }
    }

    @Test
    void aDamagedHandshakeIsNotAnswered() throws IOException {
        byte[] hello = RawPeer.frame(RawPeer.hello(2, 1, Lane.BULK));
        for (int at = 0; at < hello.length; at++) {
            try (RawPeer peer = RawPeer.dial(member.address())) {
                writeUnlessClosed(peer, damaged(hello, at));
                peer.socket.shutdownOutput();
                assertThat(peer.awaitClosed()).isZero();
            }
        }
    }

    @Test
    void aDamagedMessageEndsTheConnection() throws Exception {
        byte[] message = RawPeer.frame(message(heartbeat(1)));
        for (int at = Integer.BYTES; at < message.length; at++) {
            try (RawPeer peer = RawPeer.member(member.address(), 2, 1, Lane.URGENT)) {
                peer.write(damaged(message, at));
                peer.awaitClosed();
            }
        }
        assertThat(member.received).isEmpty();
    }

    private static byte[] damaged(byte[] frame, int at) {
        byte[] damaged = frame.clone();
        damaged[at] ^= 1;
        return damaged;
    }

    @Test
    void aConnectionWithHalfAHandshakeIsClosed() throws IOException {
        byte[] hello = RawPeer.frame(RawPeer.hello(2, 1, Lane.BULK));
        try (RawPeer peer = RawPeer.dial(member.address())) {
            peer.write(Arrays.copyOf(hello, hello.length / 2));
            peer.awaitClosed();
        }
    }

    @Test
    void anotherVersionIsAnsweredAndRefused() throws Exception {
        try (RawPeer newer = RawPeer.dial(member.address())) {
            newer.send(content -> content.writeLong(Handshake.MAGIC).writeInt(Handshake.FORMAT + 1));
            Handshake.Answer answer = Handshake.Answer.read(newer.receive());
            assertThat(answer.verdict()).isEqualTo(Handshake.Verdict.OTHER_FORMAT);
            assertThat(answer.incarnation())
                    .as("told only to members that are accepted")
                    .isZero();
            newer.awaitClosed();
        }
        assertThat(member.count("refused", "reason", "other_format")).isEqualTo(1);
    }

    /** Recorded bytes of a whole connection do not authenticate the member that sent them. */
    @Test
    void aReplayedConnectionIsRefused() throws Exception {
        var recorded = new ByteArrayOutputStream();
        recorded.write(RawPeer.frame(RawPeer.hello(2, 1, Lane.URGENT)));
        try (RawPeer peer = RawPeer.dial(member.address())) {
            peer.write(recorded.toByteArray());
            Handshake.Answer answer = Handshake.Answer.read(peer.receive());
            byte[] rest = RawPeer.frame(new Handshake.Confirmation(answer.challenge())::write);
            peer.write(rest);
            recorded.write(rest);
            peer.send(message(heartbeat(1)));
            recorded.write(RawPeer.frame(message(heartbeat(1))));
            await().until(() -> member.received.size() == 1);
            try (RawPeer replay = RawPeer.dial(member.address())) {
                writeUnlessClosed(replay, recorded.toByteArray());
                replay.awaitClosed();
            }
            peer.send(message(heartbeat(2)));
            await().until(() -> member.received.size() == 2);
        }
        assertThat(member.received)
                .extracting(PeerFixture.Received::message)
                .containsExactly(heartbeat(1), heartbeat(2));
    }

    /** The hello may be a recording, of a member that has another incarnation now. */
    @Test
    void aHelloWithoutAConfirmationIsNotRecorded() throws Exception {
        try (RawPeer peer = RawPeer.dial(member.address())) {
            peer.send(helloOfAnotherIncarnation());
            assertThat(Handshake.Answer.read(peer.receive()).verdict()).isEqualTo(Handshake.Verdict.ACCEPTED);
        }
        try (RawPeer peer = RawPeer.member(member.address(), 2, 1, Lane.URGENT)) {
            peer.send(message(heartbeat(1)));
            await().until(() -> member.received.contains(new PeerFixture.Received(new NodeId(2), heartbeat(1))));
        }
    }

    private static Consumer<ByteBuf> helloOfAnotherIncarnation() {
        return new Handshake.Hello(
                PeerFixture.CLUSTER,
                new NodeId(2),
                new NodeId(1),
                99,
                Lane.URGENT,
                InetSocketAddress.createUnresolved("localhost", 1),
                5)::write;
    }

    /** If two connections with different incarnations are answered before either is confirmed, the first one to be confirmed is used. */
    @Test
    void theIncarnationThatIsConfirmedFirstIsKept() throws Exception {
        try (RawPeer other = RawPeer.dial(member.address())) {
            other.send(helloOfAnotherIncarnation());
            Handshake.Answer answer = Handshake.Answer.read(other.receive());
            try (RawPeer peer = RawPeer.member(member.address(), 2, 1, Lane.URGENT)) {
                peer.send(message(heartbeat(1)));
                await().until(() -> member.received.size() == 1);
                other.send(new Handshake.Confirmation(answer.challenge())::write);
                other.awaitClosed();
            }
        }
        assertThat(member.count("refused", "reason", "other_incarnation")).isEqualTo(1);
    }

    @Test
    void aFrameOverTheLimitIsRefusedBeforeItsBytesArrive() throws Exception {
        try (RawPeer peer = RawPeer.member(member.address(), 2, 1, Lane.BULK)) {
            peer.write(ByteBuffer.allocate(8)
                    .putInt(PeerCodec.MAX_BYTES + 1)
                    .putInt(0)
                    .array());
            peer.awaitClosed();
        }
        try (RawPeer peer = RawPeer.member(member.address(), 2, 1, Lane.BULK)) {
            peer.write(HexFormat.of().parseHex("ffffffff00000000"));
            peer.awaitClosed();
        }
    }

    @Test
    void aMessageThatCannotBeDecodedEndsTheConnection() throws Exception {
        try (RawPeer peer = RawPeer.member(member.address(), 2, 1, Lane.URGENT)) {
            peer.send(content -> content.writeByte(77));
            peer.awaitClosed();
        }
        assertThat(member.received).isEmpty();
    }

    @Test
    void aConnectionThatStopsInTheMiddleOfAFrameIsClosed() throws Exception {
        byte[] message = RawPeer.frame(message(heartbeat(1)));
        try (RawPeer peer = RawPeer.member(member.address(), 2, 1, Lane.URGENT)) {
            peer.write(Arrays.copyOf(message, message.length - 1));
            peer.awaitClosed();
        }
    }

    @Test
    void aNewConnectionOfAMemberReplacesTheOldOne() throws Exception {
        try (PeerFixture patient = patient();
                RawPeer old = RawPeer.member(patient.address(), 2, 3, Lane.URGENT);
                RawPeer other = RawPeer.member(patient.address(), 2, 3, Lane.BULK)) {
            // the last message of a handshake has no answer, so only a message shows that the member is connected
            old.send(message(heartbeat(1)));
            await().until(() -> patient.received.size() == 1);
            try (RawPeer replacement = RawPeer.member(patient.address(), 2, 3, Lane.URGENT)) {
                old.awaitClosed();
                other.send(message(heartbeat(2)));
                replacement.send(message(heartbeat(3)));
                await().until(() -> patient.received.size() == 3);
            }
        }
    }

    /** A thousand silent connections do not prevent a member from connecting: the oldest of them are closed long before their timeout. */
    @Test
    void aThousandSilentConnectionsAreBounded() throws Exception {
        List<RawPeer> silent = new ArrayList<>();
        try (PeerFixture patient = patient()) {
            for (int i = 0; i < 1_000; i++) {
                silent.add(RawPeer.dial(patient.address()));
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> open(silent) == PATIENT.maxPendingHandshakes());
            try (RawPeer peer = RawPeer.member(patient.address(), 2, 3, Lane.URGENT)) {
                peer.send(message(heartbeat(1)));
                await().until(() -> !patient.received.isEmpty());
            }
        } finally {
            for (RawPeer peer : silent) {
                peer.close();
            }
        }
    }

    /** Member 3, which closes no connection of a slow test because it is silent. */
    private PeerFixture patient() throws IOException {
        var identity = new PeerIdentity(PeerFixture.CLUSTER, new NodeId(3), 3, PeerFixture.loopback(0));
        return new PeerFixture(identity, folder.resolve("3"), PATIENT, 0);
    }

    private static int open(List<RawPeer> peers) throws IOException {
        int open = 0;
        for (RawPeer peer : peers) {
            open += peer.isOpenAndSilent() ? 1 : 0;
        }
        return open;
    }

    private static Consumer<ByteBuf> message(PeerMessage message) {
        return content -> PeerCodec.encode(message, content);
    }
}
