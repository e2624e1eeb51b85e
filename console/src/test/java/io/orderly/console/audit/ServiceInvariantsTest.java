package io.orderly.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.orderly.console.audit.AuditView.Check;
import io.orderly.console.audit.AuditView.Verdict;
import io.orderly.console.order.OrderFacts;
import io.orderly.console.order.OrderStatus;
import io.orderly.console.upstream.Upstream;
import io.orderly.console.upstream.Upstreams;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceInvariantsTest {

    private static final List<OrderFacts> ORDERS =
            List.of(new OrderFacts("o1", Set.of(OrderStatus.CONFIRMED), Set.of(), Set.of(), true, true, false));
    private static final List<String> SKUS = List.of("PENCIL-HB");

    private final Map<String, String> answers = new HashMap<>(Map.of(
            "/orders/o1", "{\"status\":\"CONFIRMED\"}",
            "/accounts", "{\"accounts\":[{\"customerId\":\"ada\",\"balance\":{\"amount\":\"0.00\"}}]}",
            "/products/PENCIL-HB/stock", "{\"sku\":\"PENCIL-HB\",\"onHand\":0,\"reserved\":1,\"shipped\":2}",
            "/capacity", "[{\"region\":\"DE\",\"day\":\"2026-12-01\",\"slots\":2,\"booked\":2}]"));

    private HttpServer server;
    private Upstreams upstreams;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String answer = answers.get(exchange.getRequestURI().getPath());
            byte[] body = String.valueOf(answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer == null ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        HttpClient http = Upstream.client();
        upstreams = new Upstreams(
                Stream.of("order-service", "inventory-service", "payment-service", "shipping-service")
                        .collect(Collectors.toMap(name -> name, name -> new Upstream(name, url, http))),
                List.of(),
                null,
                http);
    }

    @AfterEach
    void stop() {
        upstreams.close();
        server.stop(0);
    }

    @Test
    void holdForWhatTheServicesAnswer() throws Exception {
        assertThat(check()).extracting(Check::verdict).containsOnly(Verdict.HOLDS);
        assertThat(check()).extracting(Check::examined).containsOnly(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/orders/o1                | {\"status\":\"REJECTED\"}                                                     | 0 | order o1 is REJECTED",
                "/accounts                 | {\"accounts\":[{\"customerId\":\"eve\",\"balance\":{\"amount\":\"-0.01\"}}]} | 1 | account eve",
                "/accounts                 | {\"accounts\":[{\"customerId\":\"eve\",\"balance\":{\"amount\":\"much\"}}]}  | 1 | account eve",
                "/products/PENCIL-HB/stock | {\"sku\":\"P\",\"onHand\":-1,\"reserved\":0,\"shipped\":0}                     | 2 | product P",
                "/capacity                 | [{\"region\":\"DE\",\"day\":\"d\",\"slots\":2,\"booked\":3}]                     | 3 | DE on d",
            })
    void otherAnswersViolateThem(String path, String answer, int number, String detail) throws Exception {
        answers.put(path, answer);
        List<Check> checks = check();
        assertThat(checks.get(number).verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(checks.get(number).detail()).isEqualTo(detail);
        assertThat(checks).filteredOn(each -> each.verdict() == Verdict.HOLDS).hasSize(3);
    }

    @Test
    void withoutAnAnswerNothingIsKnown() throws Exception {
        answers.clear();
        assertThat(check()).extracting(Check::verdict).containsOnly(Verdict.UNKNOWN);
        for (String path : List.of("/orders/o1", "/accounts", "/products/PENCIL-HB/stock", "/capacity")) {
            answers.put(path, "<html>");
        }
        assertThat(check()).extracting(Check::verdict).containsOnly(Verdict.UNKNOWN);
    }

    private List<Check> check() throws InterruptedException {
        return new ServiceInvariants(upstreams).check(ORDERS, SKUS);
    }
}
