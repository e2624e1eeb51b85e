package io.orderly.coordinator.peer;

import static io.orderly.coordinator.connection.TestAuthority.FOREIGN;
import static io.orderly.coordinator.connection.TestAuthority.IMPOSTOR;
import static io.orderly.coordinator.connection.TestAuthority.TRUSTED;
import static io.orderly.coordinator.peer.NettyPeerNetworkTest.heartbeat;
import static io.orderly.coordinator.peer.PeerFixture.CLUSTER;
import static io.orderly.coordinator.peer.PeerFixture.SETTINGS;
import static io.orderly.coordinator.peer.PeerFixture.loopback;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderly.coordinator.connection.PeerTls;
import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Payload;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Members with TLS talk to each other, and to nothing else. */
@ExtendWith(OutputCaptureExtension.class)
class PeerTlsTest {

    private static final NodeId N1 = new NodeId(1);
    private static final NodeId N2 = new NodeId(2);

    /** All members know these two from their configuration, by the host that the certificates are for. */
    private static final Map<NodeId, InetSocketAddress> CONFIGURED = Map.of(
            N1, InetSocketAddress.createUnresolved("localhost", 1),
            N2, InetSocketAddress.createUnresolved("localhost", 2));

    private static final InetSocketAddress ELSEWHERE = InetSocketAddress.createUnresolved("elsewhere.example", 1);

    @TempDir
    Path folder;

    private final List<PeerFixture> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(PeerFixture::close);
    }

    @Test
    void membersWithCertificatesForTheirHostsTalk() throws IOException {
        PeerFixture one = start(1, TRUSTED.bundles("one"));
        PeerFixture two = start(2, TRUSTED.bundles("two"));
        dialEachOther(one, two);
        awaitConnected(one, two);
        PeerMessage large = accept(1 << 20);
        assertThat(one.network.send(N2, large)).isTrue();
        assertThat(two.network.send(N1, heartbeat(7))).isTrue();
        await().until(() -> two.received.contains(new PeerFixture.Received(N1, large)));
        await().until(() -> one.received.contains(new PeerFixture.Received(N2, heartbeat(7))));
    }

    @ParameterizedTest
    @CsvSource({
        "foreign, its certificate is of an authority that this member does not trust",
        "expired, its certificate has expired",
        "impostor, its certificate",
        "elsewhere, its certificate is refused: No subject alternative DNS name matching localhost found"
    })
    void aMemberWithAnotherCertificateIsRefusedAndTheLogSaysWhy(String other, String reason, CapturedOutput log)
            throws IOException {
        PeerFixture one = start(1, TRUSTED.bundles("one"));
        PeerFixture two = start(2, bundles(other));
        one.network.connectTo(Map.of(N2, at(two)));
        await().until(() -> one.count("refused", "reason", "certificate") > 0);
        await().until(() -> log.getOut()
                .contains("n2 at localhost:%d is not connected: %s"
                        .formatted(two.address().getPort(), reason)));
        assertThat(one.network.send(N2, heartbeat(1))).isFalse();
        assertThat(two.received).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "foreign, certificate, it sent no certificate of an authority that this member trusts",
        "impostor, certificate, its certificate",
        "expired, certificate, its certificate has expired",
        "elsewhere, other_host, its certificate is not for the host of its peer-url"
    })
    void aMemberThatDialsWithAnotherCertificateIsRefusedAndTheLogSaysWhy(
            String other, String counted, String reason, CapturedOutput log) throws IOException {
        PeerFixture one = start(1, TRUSTED.bundles("one"));
        PeerFixture two = start(2, bundles(other));
        two.network.connectTo(Map.of(N1, at(one)));
        await().until(() -> one.count("refused", "reason", counted) > 0);
        await().until(() -> log.getOut().contains("was refused: " + reason));
        assertThat(two.network.send(N1, heartbeat(1))).isFalse();
        assertThat(one.received).isEmpty();
    }

    @Test
    void theHostOfACertificateIsNotTheOneThatTheMemberTells() throws IOException {
        PeerFixture one = start(1, TRUSTED.bundles("one"));
        PeerFixture two = start(2, TRUSTED.bundles("elsewhere"), ELSEWHERE);
        two.network.connectTo(Map.of(N1, at(one)));
        await().until(() -> one.count("refused", "reason", "other_host") > 0);
        assertThat(two.network.send(N1, heartbeat(1))).isFalse();
        assertThat(one.received).isEmpty();
    }

    @Test
    void aMemberThatMovedNeedsACertificateForItsReplicatedHost() throws IOException {
        PeerFixture one = start(1, TRUSTED.bundles("one"));
        one.network.connectTo(Map.of(N2, ELSEWHERE));
        DefaultSslBundleRegistry bundles = TRUSTED.bundles("two");
        PeerFixture two = start(2, bundles);
        two.network.connectTo(Map.of(N1, at(one)));
        await().until(() -> one.count("refused", "reason", "other_host") > 0);
        bundles.updateBundle("test", TRUSTED.bundle("elsewhere"));
        await().until(() -> two.network.send(N1, heartbeat(2)));
        await().until(() -> one.received.contains(new PeerFixture.Received(N2, heartbeat(2))));
    }

    @Test
    void anUnknownMemberIsRefusedUntilItIsKnown(CapturedOutput log) throws IOException {
        PeerFixture one = start(1, TRUSTED.bundles("one"));
        PeerFixture three = start(3, TRUSTED.bundles("two"));
        three.network.connectTo(Map.of(N1, at(one)));
        await().until(() -> one.count("refused", "reason", "unknown_member") > 0);
        assertThat(log.getOut()).contains("was refused: no member with its id is known here");
        assertThat(three.network.send(N1, heartbeat(1))).isFalse();
        one.network.connectTo(Map.of(three.node, at(three)));
        await().until(() -> three.network.send(N1, heartbeat(2)));
        await().until(() -> one.received.contains(new PeerFixture.Received(three.node, heartbeat(2))));
    }

    @Test
    void aMemberWithTlsAndOneWithoutRefuseEachOtherAndTheLogSaysWhy(CapturedOutput log) throws IOException {
        PeerFixture one = start(1, TRUSTED.bundles("one"));
        var two = new PeerFixture(2, folder.resolve("2"));
        started.add(two);
        dialEachOther(one, two);
        await().until(() ->
                one.count("refused", "reason", "no_tls") > 0 && two.count("refused", "reason", "malformed") > 0);
        assertThat(log.getOut())
                .contains("was refused: it does not use TLS, which this member requires")
                .contains("was refused: it uses TLS, but this member does not");
        assertThat(one.network.send(N2, heartbeat(1))).isFalse();
        assertThat(two.network.send(N1, heartbeat(1))).isFalse();
        assertThat(one.received).isEmpty();
        assertThat(two.received).isEmpty();
    }

    @Test
    void aReplacedCertificateIsUsedForNewConnectionsAndOpenOnesStay() throws IOException {
        PeerFixture one = start(1, TRUSTED.bundles("one"));
        DefaultSslBundleRegistry bundles = TRUSTED.bundles("expired");
        PeerFixture two = start(2, bundles);
        dialEachOther(one, two);
        await().until(() -> one.count("refused", "reason", "certificate") > 2);
        bundles.updateBundle("test", TRUSTED.bundle("two"));
        awaitConnected(one, two);
        bundles.updateBundle("test", TRUSTED.bundle("expired"));
        assertThat(one.network.send(N2, heartbeat(3))).isTrue();
        await().until(() -> two.received.contains(new PeerFixture.Received(N1, heartbeat(3))));
    }

    @Test
    void anUpdateThatCannotBeUsedLeavesTheBundleBefore(CapturedOutput log) throws IOException {
        PeerFixture one = start(1, TRUSTED.bundles("one"));
        DefaultSslBundleRegistry bundles = TRUSTED.bundles("two");
        PeerFixture two = start(2, bundles);
        bundles.updateBundle("test", withoutKey());
        assertThat(log.getOut()).contains("SSL bundle test was updated and cannot be used", "has no keystore");
        dialEachOther(one, two);
        awaitConnected(one, two);
    }

    @Test
    void aBundleWithoutKeystoreOrTruststoreEndsTheStart() {
        assertThatThrownBy(() -> PeerTls.of(new DefaultSslBundleRegistry("test", withoutKey()), "test"))
                .hasMessageContaining("orderly.coordinator.tls.peer-bundle")
                .hasMessageContaining("no keystore");
        SslBundle withoutTrust = SslBundle.of(new PemSslStoreBundle(
                PemSslStoreDetails.forCertificate(TRUSTED.certificate("one")).withPrivateKey(TRUSTED.key("one")),
                null));
        assertThatThrownBy(() -> PeerTls.of(new DefaultSslBundleRegistry("test", withoutTrust), "test"))
                .hasMessageContaining("no truststore");
    }

    @Test
    void aPeerWithoutACertificateIsRefused(CapturedOutput log) throws Exception {
        PeerFixture one = start(1, TRUSTED.bundles("one"));
        var sockets = withoutKey().createSslContext().getSocketFactory();
        try (RawPeer peer =
                new RawPeer(sockets.createSocket("127.0.0.1", one.address().getPort()))) {
            ((SSLSocket) peer.socket).startHandshake();
            awaitClosed(peer.socket);
        }
        await().until(() -> one.count("refused", "reason", "certificate") == 1);
        assertThat(log.getOut()).contains("was refused: it sent no certificate");
    }

    @Test
    void noiseOnThePortIsRefused() throws IOException {
        PeerFixture one = start(1, TRUSTED.bundles("one"));
        var random = new SplittableRandom(7);
        for (int i = 0; i < 50; i++) {
            byte[] noise = new byte[16 + random.nextInt(3_000)];
            random.nextBytes(noise);
            if (i % 2 == 0) {
                // as a record of TLS begins
                System.arraycopy(new byte[] {0x16, 3, 3, 0, 11}, 0, noise, 0, 5);
            }
            try (RawPeer peer = RawPeer.dial(one.address())) {
                peer.write(noise);
                awaitClosed(peer.socket);
            }
        }
        PeerFixture two = start(2, TRUSTED.bundles("two"));
        dialEachOther(one, two);
        awaitConnected(one, two);
    }

    @Test
    void aHandshakeOfTlsThatDoesNotEndIsClosed() throws IOException {
        PeerFixture one = start(1, TRUSTED.bundles("one"));
        try (RawPeer peer = RawPeer.dial(one.address())) {
            peer.write(new byte[] {0x16, 3, 1, 2, 0, 1});
            awaitClosed(peer.socket);
        }
    }

    private static DefaultSslBundleRegistry bundles(String kind) {
        return switch (kind) {
            case "foreign" -> FOREIGN.bundles("one");
            case "impostor" -> IMPOSTOR.bundles("one");
            default -> TRUSTED.bundles(kind);
        };
    }

    private static SslBundle withoutKey() {
        return SslBundle.of(new PemSslStoreBundle(null, PemSslStoreDetails.forCertificate(TRUSTED.authority())));
    }

    private static PeerMessage accept(int bytes) {
        byte[] command = (" ".repeat(bytes)).getBytes(StandardCharsets.US_ASCII);
        return new PeerMessage.Consensus(new Message.Accept(
                new Ballot(1, 1), 1, List.of(new Payload.Command(command)), new Message.LeaderMarks(0, 0, 0)));
    }

    private PeerFixture start(int node, DefaultSslBundleRegistry bundles) throws IOException {
        return start(node, bundles, loopback(0));
    }

    /** @param told the address of the member in its handshakes */
    private PeerFixture start(int node, DefaultSslBundleRegistry bundles, InetSocketAddress told) throws IOException {
        var fixture = new PeerFixture(
                new PeerIdentity(CLUSTER, new NodeId(node), node, told),
                folder.resolve(String.valueOf(node)),
                SETTINGS,
                CONFIGURED,
                Optional.of(PeerTls.of(bundles, "test")),
                0);
        started.add(fixture);
        return fixture;
    }

    private static void dialEachOther(PeerFixture one, PeerFixture two) {
        one.network.connectTo(Map.of(two.node, at(two)));
        two.network.connectTo(Map.of(one.node, at(one)));
    }

    /** By the name that the certificates are for. */
    private static InetSocketAddress at(PeerFixture member) {
        return InetSocketAddress.createUnresolved("localhost", member.address().getPort());
    }

    /** Waits until the other side has closed the connection, which it must within ten seconds. */
    private static void awaitClosed(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
        } catch (SocketException | SSLException e) {
            // closed, perhaps while bytes had not been read
        }
    }

    private static void awaitConnected(PeerFixture one, PeerFixture two) {
        await().until(() -> one.gauge("connected", two.node) == 1 && two.gauge("connected", one.node) == 1);
    }
}
