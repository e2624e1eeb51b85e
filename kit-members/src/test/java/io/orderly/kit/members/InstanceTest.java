package io.orderly.kit.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.gossip.udp.NodeAddresses;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class InstanceTest {

    private final Map<String, String> properties = new HashMap<>();

    @Test
    void listensAtTheAddressAndThePortNumberOfTheWebServer() throws UnknownHostException {
        properties.put("instance", "1");
        properties.put("seeds", "127.0.0.1:8081,inventory_1:8082,[::1]:8083");
        NodeAddresses addresses = addresses("127.0.0.1");
        assertThat(addresses.id()).isEqualTo("order-service-1");
        assertThat(addresses.service()).isEqualTo("order-service");
        assertThat(addresses.bind()).isEqualTo(new InetSocketAddress("127.0.0.1", 8080));
        assertThat(addresses.advertised()).isEqualTo(new InetSocketAddress("127.0.0.1", 0));
        assertThat(addresses.httpUrl()).isEqualTo("http://127.0.0.1:8080");
        assertThat(addresses.seeds())
                .containsExactly(
                        InetSocketAddress.createUnresolved("127.0.0.1", 8081),
                        InetSocketAddress.createUnresolved("inventory_1", 8082),
                        InetSocketAddress.createUnresolved("[::1]", 8083));
    }

    @Test
    void advertisesTheAddressOfTheHostIfItListensOnAllInterfaces() throws UnknownHostException {
        NodeAddresses addresses = addresses(null);
        assertThat(addresses.bind().getAddress().isAnyLocalAddress()).isTrue();
        assertThat(addresses.advertised()).isEqualTo(new InetSocketAddress(InetAddress.getLocalHost(), 0));
    }

    @Test
    void theConfiguredAddressesTakePrecedence() throws UnknownHostException {
        properties.put("bind-host", "127.0.0.2");
        properties.put("bind-port", "0");
        properties.put("advertised-host", "localhost");
        properties.put("advertised-port", "9000");
        NodeAddresses addresses = addresses("127.0.0.1");
        assertThat(addresses.bind()).isEqualTo(new InetSocketAddress("127.0.0.2", 0));
        assertThat(addresses.advertised()).isEqualTo(new InetSocketAddress("localhost", 9000));
        assertThat(addresses.httpUrl()).isEqualTo("http://localhost:8080");
        properties.put("url", "https://shop.example");
        assertThat(addresses("127.0.0.1").httpUrl()).isEqualTo("https://shop.example");
    }

    @Test
    void theUrlOfAnIpv6AddressHasBrackets() throws UnknownHostException {
        assertThat(addresses("::1").httpUrl()).isEqualTo("http://[0:0:0:0:0:0:0:1]:8080");
    }

    @Test
    void eachStartHasAnotherIdUnlessItIsConfigured() throws UnknownHostException {
        String first = addresses("127.0.0.1").id();
        assertThat(first).matches("order-service-[0-9a-f]{8}");
        assertThat(addresses("127.0.0.1").id()).isNotEqualTo(first);
    }

    @Test
    void aServiceWhosePortIsTakenDoesNotStart() throws Exception {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            var membership = new Membership(instance("127.0.0.1"), socket::getLocalPort, () -> 0);
            assertThatThrownBy(membership::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("Cannot gossip as order-service-");
            assertThat(membership.isRunning()).isFalse();
        }
    }

    private NodeAddresses addresses(@Nullable String serverHost) throws UnknownHostException {
        return instance(serverHost).addresses(8080);
    }

    private Instance instance(@Nullable String serverHost) {
        MembersProperties bound =
                new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("", MembersProperties.class);
        return Instance.of("order-service", bound, serverHost);
    }
}
