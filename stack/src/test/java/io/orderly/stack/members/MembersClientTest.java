package io.orderly.stack.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.orderly.backends.FreePort;
import io.orderly.stack.process.ProcessFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs against a stub of a service, which repeats its last scripted response. */
class MembersClientTest {

    private final Queue<String> bodies = new ArrayDeque<>();
    private int status = 200;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/actuator/members", exchange -> {
            String body = bodies.size() > 1 ? bodies.remove() : bodies.element();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void printsALineForEachMemberAsTheFirstServiceThatRespondsSeesIt() throws InterruptedException {
        bodies.add(members(member("order", "ALIVE"), member("inventory", "DEAD")));
        MembersClient client = new MembersClient(List.of(url(FreePort.find()), url(port())));
        assertThat(client.members().toString().lines())
                .containsExactly(
                        "Members, as seen by order-1 at http://127.0.0.1:" + port(),
                        "  id           state    since                     load  URL",
                        "  order-1      ALIVE    2026-11-30T12:00:00Z         7  http://order:1",
                        "  inventory-1  DEAD     2026-11-30T12:00:00Z         7  http://inventory:1");
    }

    @Test
    void waitsUntilAllMembersAreAlive() throws InterruptedException {
        bodies.add(members(member("order", "ALIVE")));
        bodies.add(members(member("order", "ALIVE"), member("inventory", "SUSPECT")));
        bodies.add(members(member("order", "ALIVE"), member("inventory", "ALIVE")));
        assertThat(client().awaitAlive(List.of("order-1", "inventory-1"), Duration.ofSeconds(30))
                        .rows())
                .hasSize(2);
        assertThat(bodies).hasSize(1);
    }

    @Test
    void failsIfAMemberIsNotAliveInTime() {
        bodies.add(members(member("order", "ALIVE"), member("inventory", "SUSPECT")));
        assertThatThrownBy(() -> client().awaitAlive(List.of("order-1", "inventory-1"), Duration.ZERO))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageStartingWith("after 0 s, not all of order-1, inventory-1 are alive:")
                .hasMessageContaining("SUSPECT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "[]", "null", "{}", "{\"members\": {}}"})
    void refusesUnexpectedResponses(String body) {
        bodies.add(body);
        assertThatThrownBy(() -> client().members())
                .isInstanceOf(ProcessFailure.class)
                .hasMessageStartingWith(url(port()) + " did not respond with");
        status = 404;
        assertThatThrownBy(() -> client().members())
                .isInstanceOf(ProcessFailure.class)
                .hasMessageEndingWith("/actuator/members returned 404");
    }

    @Test
    void escapesControlCharacters() throws InterruptedException {
        bodies.add(members(member("order\\u001b[2J", "ALIVE")));
        assertThat(client().members().toString().lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).doesNotContainPattern("\\p{Cntrl}"));
    }

    @Test
    void saysThatNoServiceResponds() {
        int first = FreePort.find();
        int second = FreePort.find();
        assertThatThrownBy(() -> new MembersClient(List.of(url(first), url(second))).members())
                .isInstanceOf(ProcessFailure.class)
                .hasMessage("no service responds at %s, %s", url(first), url(second));
    }

    private MembersClient client() {
        return new MembersClient(List.of(url(port())));
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private static URI url(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static String members(String... members) {
        return "{\"self\":\"order-1\",\"member\":true,\"members\":[%s]}".formatted(String.join(",", members));
    }

    private static String member(String service, String state) {
        return """
                {"id":"%1$s-1","service":"%1$s","url":"http://%1$s:1","state":"%2$s","since":"2026-11-30T12:00:00Z","load":7}""".formatted(service, state);
    }
}
