package io.orderly.coordinator.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.peer.PeerMessage;
import io.orderly.coordinator.peer.PeerNetwork;
import io.orderly.coordinator.store.StoreLimits;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CoordinatorPropertiesTest {

    private static final long HEAP = 4L << 30;

    private static final String THREE = "1=http://127.0.0.1:2380,2=http://127.0.0.1:2480,3=http://127.0.0.1:2580";

    private static CoordinatorProperties bind(Map<String, String> values) {
        Map<String, String> prefixed = new HashMap<>();
        values.forEach((name, value) -> prefixed.put("orderly.coordinator." + name, value));
        return new Binder(new MapConfigurationPropertySource(prefixed))
                .bindOrCreate("orderly.coordinator", CoordinatorProperties.class);
    }

    @Test
    void theDefaultsAreAClusterOfOne() {
        CoordinatorProperties properties = bind(Map.of());
        assertThat(properties.initialMembership()).isEqualTo(Membership.of(1));
        assertThat(properties.knownMembers())
                .containsExactly(new Member(
                        new NodeId(1),
                        "coordinator-1",
                        List.of("http://127.0.0.1:2380"),
                        List.of("http://127.0.0.1:2379"),
                        false));
        assertThat(properties.warnings(HEAP)).isEmpty();
        assertThat(properties.settings()).isEqualTo(MemberSettings.DEFAULTS);
    }

    @Test
    void anInitialMemberKnowsTheOthers() {
        CoordinatorProperties properties = bind(Map.of("id", "2", "members", THREE, "name", "b"));
        assertThat(properties.initialMembership()).isEqualTo(Membership.of(1, 2, 3));
        assertThat(properties.knownMembers()).extracting(Member::name).containsExactly("", "", "b");
        assertThat(properties.advertisedAddress()).isEqualTo(InetSocketAddress.createUnresolved("127.0.0.1", 2480));
    }

    @Test
    void aMemberCanBeReachedAtAnotherAddressThanItPublishes() {
        CoordinatorProperties properties = bind(Map.of("members", THREE, "peer-routes", "2=127.0.0.1:7001"));
        List<Map<NodeId, InetSocketAddress>> connected = new ArrayList<>();
        var network = new RoutedNetwork(
                new PeerNetwork() {

                    @Override
                    public boolean send(NodeId to, PeerMessage message) {
                        return false;
                    }

                    @Override
                    public void collect() {}

                    @Override
                    public void flush() {}

                    @Override
                    public void connectTo(Map<NodeId, InetSocketAddress> peers) {
                        connected.add(peers);
                    }
                },
                properties.routes());

        network.connectTo(Map.of(
                new NodeId(2), InetSocketAddress.createUnresolved("127.0.0.1", 2480),
                new NodeId(3), InetSocketAddress.createUnresolved("127.0.0.1", 2580)));
        network.connectTo(Map.of(new NodeId(3), InetSocketAddress.createUnresolved("127.0.0.1", 2580)));

        assertThat(connected)
                .containsExactly(
                        Map.of(
                                new NodeId(2), InetSocketAddress.createUnresolved("127.0.0.1", 7001),
                                new NodeId(3), InetSocketAddress.createUnresolved("127.0.0.1", 2580)),
                        Map.of(new NodeId(3), InetSocketAddress.createUnresolved("127.0.0.1", 2580)));
    }

    @Test
    void aRouteWithoutAPortIsRefused() {
        assertThatThrownBy(() -> bind(Map.of("members", THREE, "peer-routes", "2=elsewhere")))
                .rootCause()
                .hasMessageContaining("elsewhere");
    }

    @Test
    void aMemberThatJoinsIsNoInitialMember() {
        CoordinatorProperties properties =
                bind(Map.of("id", "4", "join", "true", "members", THREE, "peer-url", "http://four:1"));
        assertThat(properties.initialMembership()).isEqualTo(Membership.UNKNOWN);
        assertThat(properties.knownMembers()).hasSize(4);
    }

    @Test
    void membersOfOtherClustersHaveOtherIds() {
        assertThat(bind(Map.of("cluster", "a")).clusterId())
                .isPositive()
                .isNotEqualTo(bind(Map.of("cluster", "b")).clusterId());
    }

    @ParameterizedTest
    @CsvSource({
        "id, 4, id 4 is not among",
        "members, nonsense, is not id=http://host:port",
        "members, 1=http://host, is not id=http://host:port",
        "peer-address, nonsense, is not host:port",
        "election-timeout, 100ms, under three times",
        "store-max-bytes, 1MB, is under 4 MB"
    })
    void inconsistentSettingsAreRefused(String name, String value, String message) {
        assertThatThrownBy(() -> bind(Map.of(name, value))).rootCause().hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "election-timeout, 200ms, two late heartbeats",
        "request-timeout, 1s, refused during elections",
        "disk-timeout, 10s, outcomes are unknown",
        "disk-timeout, 200ms, a slow fsync",
        "data, /tmp/x, may be deleted",
        "store-max-bytes, 2GB, memory may end"
    })
    void aSettingThatIsProbablyAMistakeCausesAWarning(String name, String value, String message) {
        assertThat(bind(Map.of(name, value)).warnings(HEAP))
                .anySatisfy(one -> assertThat(one).contains(message));
    }

    @Test
    void anEvenNumberOfMembersCausesAWarning() {
        String four = THREE + ",4=http://127.0.0.1:2680";
        assertThat(bind(Map.of("members", four)).warnings(HEAP))
                .containsExactly("4 initial members tolerate no more failures than 3");
    }

    @Test
    void aSmallStoreHasASmallLog() {
        MemberSettings settings = bind(Map.of("store-max-bytes", "32MB")).settings();
        assertThat(settings.server().initialLimits()).isEqualTo(StoreLimits.DEFAULTS.withMaxBytes(32 << 20));
        assertThat(settings.consensus().snapshotAfterBytes()).isEqualTo(32 << 20);
        assertThat(settings.consensus().maxUndecidedBytes()).isEqualTo(16 << 20);
    }

    @Test
    void membersWithOtherInitialLimitsHaveAnotherClusterId() {
        assertThat(bind(Map.of("store-max-bytes", "32MB")).identity())
                .isEqualTo(bind(Map.of("store-max-bytes", "32768KB")).identity())
                .isNotEqualTo(bind(Map.of("store-max-bytes", "64MB")).identity())
                .isNotEqualTo(bind(Map.of()).identity());
        assertThat(bind(Map.of("store-max-bytes", "512MB")).identity())
                .isEqualTo(bind(Map.of()).identity());
    }

    @Test
    void theConfiguredTimesAreUsed() {
        MemberSettings settings =
                bind(Map.of("election-timeout", "2s", "request-timeout", "30s")).settings();
        assertThat(settings.consensus().electionTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.forwarding().requestTimeout()).isEqualTo(Duration.ofSeconds(30));
    }
}
