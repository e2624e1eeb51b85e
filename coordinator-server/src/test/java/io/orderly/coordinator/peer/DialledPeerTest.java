package io.orderly.coordinator.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.coordinator.consensus.NodeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a member learns from the answer of a peer that it has dialled. */
class DialledPeerTest {

    private static final NodeId PEER = new NodeId(2);

    @TempDir
    Path folder;

    private ServerSocket port;
    private PeerFixture member;
    private final Queue<RawPeer> taken = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void dial() throws IOException {
        port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port.setSoTimeout(10_000);
        member = new PeerFixture(1, folder.resolve("1"));
        member.network.connectTo(Map.of(PEER, (InetSocketAddress) port.getLocalSocketAddress()));
    }

    @AfterEach
    void stop() throws IOException {
        member.close();
        port.close();
        for (RawPeer peer : taken) {
            peer.close();
        }
    }

    private RawPeer accept() throws IOException {
        return new RawPeer(port.accept());
    }

    private static void answer(RawPeer peer, long incarnation, long repeated) throws IOException {
        peer.send(new Handshake.Answer(Handshake.Verdict.ACCEPTED, incarnation, repeated, 77)::write);
    }

    /** Its incarnation may be that of a folder which the peer has no more; recorded, it would exclude the peer for good. */
    @Test
    void anAnswerOfAnotherConnectionLeavesNoTrace() throws Exception {
        try (RawPeer replayed = accept()) {
            Handshake.Hello hello = Handshake.Hello.read(replayed.receive());
            answer(replayed, 66, hello.challenge() + 1);
            replayed.awaitClosed();
        }
        Thread.ofVirtual().start(this::takeAll);
        await().until(() -> member.gauge("connected", PEER) == 1);
    }

    /** Until the port is closed. */
    private void takeAll() {
        while (!port.isClosed()) {
            try {
                RawPeer peer = accept();
                taken.add(peer);
                Handshake.Hello hello = Handshake.Hello.read(peer.receive());
                answer(peer, 2, hello.challenge());
            } catch (IOException e) {
                // of an attempt that was given up, since its other connection failed
            } catch (MalformedMessageException | OtherFormatException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void eachConnectionHasAChallengeOfItsOwn() throws Exception {
        try (RawPeer one = accept();
                RawPeer other = accept()) {
            assertThat(Handshake.Hello.read(one.receive()).challenge())
                    .isNotEqualTo(Handshake.Hello.read(other.receive()).challenge());
        }
    }
}
