package io.orderly.gossip.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderly.gossip.member.Liveness;
import io.orderly.gossip.member.MemberDescription;
import io.orderly.gossip.member.MemberState;
import io.orderly.gossip.protocol.GossipSettings;
import io.orderly.gossip.protocol.Refusal;
import io.orderly.gossip.protocol.View;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real nodes on the loopback interface. */
class GossipNodeTest {

    private static final GossipSettings SETTINGS = GossipSettings.DEFAULT.withPeriod(Duration.ofMillis(100));
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final List<GossipNode> nodes = new ArrayList<>();
    private final CompletableFuture<MemberDescription> conflict = new CompletableFuture<>();
    private final CountDownLatch joined = new CountDownLatch(2);

    private final GossipListener listener = new GossipListener() {
        @Override
        public void changed(@Nullable MemberState before, @Nullable MemberState after) {}

        @Override
        public void joined() {
            joined.countDown();
        }

        @Override
        public void conflict(MemberDescription other) {
            conflict.complete(other);
        }
    };

    @AfterEach
    void stop() {
        nodes.forEach(GossipNode::kill);
    }

    @Test
    void nodesFindEachOtherAndSeeCrashesRestartsAndLoad() throws IOException {
        GossipNode first = start("node-0", 10);
        for (int i = 1; i < 5; i++) {
            start("node-" + i, 10 + i, first.address());
        }
        for (GossipNode node : nodes) {
            await().atMost(TIMEOUT).until(() -> node.view().live().size() == 5);
            await().atMost(TIMEOUT)
                    .until(() -> find(node, "node-4").orElseThrow().record().load() == 14);
        }
        assertThat(first.view().leader("service").orElseThrow().id()).isEqualTo("node-0");

        nodes.removeLast().kill();
        await().atMost(TIMEOUT).until(() -> find(first, "node-4").orElseThrow().liveness() == Liveness.DEAD);

        start("node-4", 99, nodes.get(1).address());
        for (GossipNode node : nodes) {
            await().atMost(TIMEOUT)
                    .until(() -> find(node, "node-4")
                            .filter(member -> member.liveness() == Liveness.ALIVE)
                            .filter(member -> member.record().load() == 99)
                            .isPresent());
        }

        nodes.removeLast().close();
        await().atMost(TIMEOUT).until(() -> find(first, "node-4").orElseThrow().liveness() == Liveness.LEFT);
        assertThat(first.traffic().sentBytes())
                .isGreaterThan(first.traffic().sentMessages())
                .isPositive();
        assertThat(first.traffic().receivedBytes())
                .isGreaterThan(first.traffic().receivedMessages())
                .isPositive();
    }

    @Test
    void aNodeJoinsWithoutAWaitForTheNextPeriod() throws Exception {
        GossipSettings slow = GossipSettings.DEFAULT.withPeriod(Duration.ofHours(1));
        InetSocketAddress[] seeds = {};
        for (int i = 0; i < 2; i++) {
            var addresses = new NodeAddresses(
                    "test", "node-" + i, "service", "http://localhost:1", loopback(), null, List.of(seeds));
            GossipNode node = GossipNode.start(slow, addresses, () -> 0, listener);
            nodes.add(node);
            seeds = new InetSocketAddress[] {
                InetSocketAddress.createUnresolved("127.0.0.1", node.address().getPort())
            };
        }
        assertThat(joined.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theSecondNodeWithAnIdIsRefused() throws Exception {
        GossipNode seed = start("seed", 0);
        GossipNode original = start("node", 0, seed.address());
        await().atMost(TIMEOUT).until(() -> seed.view().live().size() == 2);
        GossipNode second = start("node", 0, seed.address());
        assertThat(conflict.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS).gossipAddress())
                .isEqualTo(original.address());
        assertThat(second.address()).isNotEqualTo(original.address());
        await().atMost(TIMEOUT)
                .until(
                        () -> find(seed, "node")
                                .orElseThrow()
                                .record()
                                .description()
                                .gossipAddress(),
                        original.address()::equals);
    }

    @Test
    void aNodeThatBindsAWildcardIsFoundAtItsAdvertisedAddress() throws IOException {
        GossipNode seed = start("seed", 0);
        var addresses = new NodeAddresses(
                "test",
                "node",
                "service",
                "http://localhost:1",
                new InetSocketAddress(0),
                loopback(),
                List.of(seed.address()));
        GossipNode node = GossipNode.start(SETTINGS, addresses, () -> 0, listener);
        nodes.add(node);
        assertThat(node.address().getAddress().isAnyLocalAddress()).isTrue();
        await().atMost(TIMEOUT).until(() -> find(seed, "node").isPresent());
        assertThat(find(seed, "node").orElseThrow().record().description().gossipAddress())
                .isEqualTo(new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), node.address().getPort()));
        await().atMost(TIMEOUT).until(() -> node.view().live().size() == 2);
    }

    @Test
    void garbageAndMessagesOfOtherClustersAreCounted() throws IOException {
        GossipNode node = start("node", 0);
        try (var socket = new DatagramSocket()) {
            for (int length : new int[] {0, 1, 1_400, 2_000}) {
                socket.send(new DatagramPacket(new byte[length], length, node.address()));
            }
        }
        await().atMost(TIMEOUT).until(() -> node.counters().get(Refusal.MALFORMED) == 4);
        var addresses = new NodeAddresses(
                "other", "other", "service", "http://localhost:1", loopback(), null, List.of(node.address()));
        nodes.add(GossipNode.start(SETTINGS, addresses, () -> 0, listener));
        await().atMost(TIMEOUT).until(() -> node.counters().get(Refusal.FOREIGN) > 0);
        assertThat(node.view().members()).hasSize(1);
    }

    @Test
    void anAddressThatIsInUseOrThatOthersCannotSendToIsRefused() throws IOException {
        GossipNode node = start("node", 0);
        var taken = new NodeAddresses("test", "b", "service", "http://localhost:1", node.address(), null, List.of());
        assertThatThrownBy(() -> GossipNode.start(SETTINGS, taken, () -> 0, listener))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new NodeAddresses(
                        "test", "b", "service", "http://localhost:1", new InetSocketAddress(0), null, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private GossipNode start(String id, int load, InetSocketAddress... seeds) throws IOException {
        var addresses =
                new NodeAddresses("test", id, "service", "http://localhost:1", loopback(), null, List.of(seeds));
        GossipNode node = GossipNode.start(SETTINGS, addresses, () -> load, listener);
        nodes.add(node);
        return node;
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static Optional<View.Member> find(GossipNode node, String id) {
        return node.view().members().stream()
                .filter(member -> member.record().id().equals(id))
                .findAny();
    }
}
