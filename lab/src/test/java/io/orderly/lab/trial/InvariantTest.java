package io.orderly.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.orderly.backends.FreePort;
import io.orderly.lab.conformance.Verdict.Failed;
import io.orderly.lab.conformance.Verdict.NotDecided;
import io.orderly.lab.conformance.Verdict.Passed;
import io.orderly.lab.trial.Invariant.Listing;
import io.orderly.lab.trial.Invariant.Query;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvariantTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "SELECT 1 ;\n",
                "with a as (select 1) select * from a",
                "-- the orders\n\n  /* of a customer;\n * and a line */ select 1"
            })
    void aQueryIsASingleSelect(String sql) {
        assertThat(Query.problemOf(sql)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "delete from orders",
                "selected",
                "select 1; commit; delete from orders",
                "-- select 1",
                "/* select 1",
                "explain analyze select 1",
                "call f()"
            })
    void everythingElseIsNone(String sql) {
        assertThat(Query.problemOf(sql)).isPresent();
    }

    @Test
    void anEmptyListShowsNoViolation() throws Exception {
        assertThat(checked(200, "[]")).isEqualTo(InvariantResult.of("lost", List.of()));
        assertThat(checked(200, "[]").verdict()).isEqualTo(new Passed());
    }

    @Test
    void eachElementIsAViolation() throws Exception {
        InvariantResult result = checked(200, "[{\"order\": 17}, \"\\u001b[31m\"]");
        assertThat(result.verdict()).isEqualTo(new Failed("2 violations"));
        assertThat(result.violations()).containsExactly("{\"order\":17}", "\"\\u001B[31m\"");
        assertThat(result.isViolated()).isTrue();
    }

    @Test
    void ofManyViolationsTheFirstAreShown() throws Exception {
        InvariantResult result = checked(200, "[" + "1,".repeat(999) + "1]");
        assertThat(result.verdict()).isEqualTo(new Failed("1000 violations"));
        assertThat(result.violations()).hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "<html>", "null"})
    void anythingElseDecidesNothing(String body) throws Exception {
        assertThat(checked(200, body).verdict()).isInstanceOf(NotDecided.class);
    }

    @Test
    void neitherDoesAnErrorNorAServerThatIsAway() throws Exception {
        assertThat(checked(404, "[]").verdict()).isInstanceOf(NotDecided.class);
        var away = new Listing("lost", URI.create("http://127.0.0.1:" + FreePort.find()));
        assertThat(away.check().verdict()).isInstanceOf(NotDecided.class);
    }

    private static InvariantResult checked(int status, String body) throws IOException, InterruptedException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/lost", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
        server.start();
        try {
            return new Listing(
                            "lost",
                            URI.create("http://127.0.0.1:%d/lost"
                                    .formatted(server.getAddress().getPort())))
                    .check();
        } finally {
            server.stop(0);
        }
    }
}
