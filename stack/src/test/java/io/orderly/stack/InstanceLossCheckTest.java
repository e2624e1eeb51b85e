package io.orderly.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orderly.stack.order.OrderClient;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.ProcessFolder;
import io.orderly.stack.process.StubProcess;
import io.orderly.stack.process.Supervisor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceLossCheckTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final AtomicInteger accepted = new AtomicInteger();
    private volatile int failFrom = Integer.MAX_VALUE;
    private HttpServer orders;
    private Supervisor system;

    @BeforeEach
    void start() throws IOException {
        orders = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        orders.createContext("/orders", this::answer);
        orders.start();
        system = new Supervisor(
                List.of(StubProcess.running(folder, "order-service-2")), ProcessFolder.under(folder), new Silent());
        system.start(TIMEOUT);
    }

    @AfterEach
    void stop() {
        system.stop();
        orders.stop(0);
    }

    @Test
    void killsTheInstanceWhileOrdersArePlacedAndStartsItAgain() throws InterruptedException {
        ManagedProcess instance = system.process("order-service-2");
        long firstPid = instance.pid().orElseThrow();

        String found = check().run(instance, () -> {
            assertThat(instance.pid()).isEmpty();
            return "The other check.\n";
        });

        assertThat(found)
                .contains("order-service-2 was killed")
                .contains("CONFIRMED=" + accepted)
                .endsWith("The other check.\n");
        assertThat(accepted.get()).isGreaterThanOrEqualTo(40);
        assertThat(instance.pid()).isPresent().isNotEqualTo(firstPid);
    }

    @Test
    void failsIfAnOrderFailsAfterTheKill() {
        failFrom = 30;

        assertThatThrownBy(() -> check().run(system.process("order-service-2"), () -> ""))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining("an order failed");
    }

    private InstanceLossCheck check() {
        return new InstanceLossCheck(
                new OrderClient(Topology.url(orders.getAddress().getPort()), TIMEOUT), "ada", "PENCIL-HB");
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("POST")) {
            if (accepted.incrementAndGet() >= failFrom) {
                respond(exchange, 500, "application/json", "{}");
                return;
            }
            exchange.getResponseHeaders().add("Location", "/orders/" + UUID.randomUUID());
            respond(exchange, 202, "application/json", "{}");
        } else if (exchange.getRequestURI().getPath().endsWith("/timeline")) {
            respond(exchange, 200, "text/plain", "order");
        } else {
            respond(exchange, 200, "application/json", "{\"status\": \"CONFIRMED\"}");
        }
    }

    private static void respond(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static final class Silent implements Supervisor.Listener {

        @Override
        public void ready(ManagedProcess process, Duration sinceStart) {}

        @Override
        public void died(ManagedProcess process, String explanation) {}
    }
}
