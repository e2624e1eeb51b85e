package io.orderly.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.OrderId;
import io.orderly.payment.charging.Payment;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PaymentApiIntegrationTest extends PaymentIntegrationTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Value("${local.server.port}")
    int port;

    @Test
    void aPaymentIsShownWithItsLedgerEntries() {
        var order = newOrder();
        charge(order, "paula", "12.50");
        awaitReplies(order, 1);

        var payment = json(get("/payments/" + order));
        assertThat(payment.at("/paymentId").stringValue()).isEqualTo(Payment.idOf(order));
        assertThat(payment.at("/state").stringValue()).isEqualTo("CHARGED");
        assertThat(payment.at("/amount/amount").stringValue()).isEqualTo("12.50");

        var account = json(get("/accounts/paula"));
        assertThat(account.at("/balance/amount").stringValue()).isEqualTo("999987.50");

        var first = json(get("/accounts/paula/entries?limit=1"));
        assertThat(first.at("/entries/0/kind").stringValue()).isEqualTo("HOLD");
        assertThat(first.at("/entries/0/amount/amount").stringValue()).isEqualTo("-12.50");
        assertThat(first.at("/entries/0/reference").stringValue()).isEqualTo(order.toString());
        var second = json(
                get("/accounts/paula/entries?limit=1&after=" + first.at("/next").longValue()));
        assertThat(second.at("/entries/0/kind").stringValue()).isEqualTo("OPENING");
        assertThat(second.at("/next").isNull() || second.at("/next").isMissingNode())
                .isTrue();
    }

    @Test
    void aRepeatedDepositIsPostedOnce() {
        var key = UUID.randomUUID().toString();

        var first = deposit("quentin", key, "25.00", "EUR");
        var again = deposit("quentin", key, "25.00", "EUR");

        assertThat(first.getStatusCode()).isEqualTo(HttpStatusCode.valueOf(201));
        assertThat(again.getStatusCode()).isEqualTo(HttpStatusCode.valueOf(201));
        assertThat(again.getBody()).isEqualTo(first.getBody());
        assertThat(json(first).at("/balance/amount").stringValue()).isEqualTo("1000025.00");
        assertThat(balanceOf("quentin")).isEqualByComparingTo("1000025.00");
        assertThat(deposit("quentin", key, "26.00", "EUR").getStatusCode()).isEqualTo(HttpStatusCode.valueOf(422));
    }

    @ParameterizedTest
    @CsvSource({
        "0.00, EUR, 400, amount",
        "-1.00, EUR, 400, amount",
        "0.001, EUR, 400, amount",
        "1.2, EUR, 400, amount",
        "12e-1, EUR, 400, amount",
        "+1.20, EUR, 400, amount",
        "1.00, EURO, 400, amount",
        "1.00, USD, 422, amount.currency",
        "99999999999999999.00, EUR, 422, amount"
    })
    void anInvalidDepositIsRejectedAndStoresNothing(String amount, String currency, int status, String field) {
        var answer = deposit("rosa", UUID.randomUUID().toString(), amount, currency);

        assertThat(answer.getStatusCode().value()).isEqualTo(status);
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(json(answer).at("/errors/0/field").stringValue()).startsWith(field);
        assertThat(jdbc.sql("select count(*) from accounts where customer_id = 'rosa'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "/accounts/never-seen, 404",
        "/accounts/never-seen/entries, 404",
        "/payments/0199f2c8-7c00-7000-8000-00000000dead, 404",
        "/payments/not-an-order, 400",
        "/accounts/%0A, 400",
        "/accounts/paula/entries?limit=0, 400",
        "/accounts/paula/entries?limit=x, 400",
        "/accounts/paula/entries?after=-1, 400",
        "/accounts/paula/entries?after=, 400",
        "/accounts/paula/entries?limit=, 400",
        "/accounts/paula/entries?limit=1&limit=2, 400",
        "/accounts/paula/entries?limt=1, 400",
        "/accounts/a%2Fb, 400"
    })
    void anInvalidRequestIsAnsweredWithProblemDetails(String path, int status) {
        var answer = get(path);

        assertThat(answer.getStatusCode().value()).isEqualTo(status);
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ünïcødé 顧客", "O'Brien", "ada@example.org", "a..b~c_d+e-1"})
    void aValidCustomerIdGetsAnAccount(String name) {
        var answer = deposit(name, UUID.randomUUID().toString(), "1.00", "EUR");

        assertThat(answer.getStatusCode().value()).as(answer.getBody()).isEqualTo(201);
        assertThat(json(get("/accounts/" + UriUtils.encode(name, StandardCharsets.UTF_8)))
                        .at("/customerId")
                        .stringValue())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {" bhx", "bhx ", "Zoe\u0308", "a%b", "'; drop table accounts; --", "\u200b", "\u3164", "🛒"})
    void anInvalidCustomerIdIsRejected(String name) {
        var answer = deposit(name, UUID.randomUUID().toString(), "1.00", "EUR");

        assertThat(answer.getStatusCode().value()).as(answer.getBody()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/field").stringValue()).isEqualTo("customer");
    }

    @Test
    void anAccountWithAnIdInAnEarlierFormatIsReconciled() {
        jdbc.sql("insert into accounts (customer_id, balance, currency) values ('old 🖋/name', 0, 'EUR')")
                .update();
        try {
            assertThat(get("/reconciliation").getStatusCode().value()).isEqualTo(200);
        } finally {
            jdbc.sql("delete from accounts where customer_id = 'old 🖋/name'").update();
        }
    }

    @Test
    void idempotencyKeysOfDifferentCustomersAreIndependent() {
        var key = UUID.randomUUID().toString();
        deposit("ursula", key, "25.00", "EUR");

        assertThat(deposit("viktor", key, "25.00", "EUR").getStatusCode().value())
                .isEqualTo(201);
        assertThat(balanceOf("viktor")).isEqualByComparingTo("1000025.00");
    }

    @Test
    void reconciliationReportsPaymentsThatExistOnOneSideOnly() {
        var ours = newOrder();
        charge(ours, "sven", "3.00");
        awaitReplies(ours, 1);
        assertThat(json(get("/reconciliation")).at("/differences")).isEmpty();

        var theirs = newOrder();
        provider.chargeDirectly(Payment.idOf(theirs), "4.00");
        forgetCapture(ours);
        jdbc.sql("update accounts set balance = balance + 1 where customer_id = 'sven'")
                .update();
        try {
            var report = json(get("/reconciliation"));

            assertThat(report.at("/differences")).hasSize(2);
            assertThat(differenceOf(report, theirs).at("/provider/amount").stringValue())
                    .isEqualTo("4.00");
            assertThat(differenceOf(report, theirs).at("/ledger").isNull()
                            || differenceOf(report, theirs).at("/ledger").isMissingNode())
                    .isTrue();
            assertThat(differenceOf(report, ours).at("/provider/amount").stringValue())
                    .isEqualTo("3.00");
            assertThat(report.at("/imbalances/0/customerId").stringValue()).isEqualTo("sven");
        } finally {
            provider.reverseDirectly(Payment.idOf(theirs));
            rememberCapture(ours);
            jdbc.sql("update accounts set balance = balance - 1 where customer_id = 'sven'")
                    .update();
        }
    }

    @Test
    void reconciliationDuringAnOutageIsUnavailable() {
        provider.startOutage();

        assertThat(get("/reconciliation").getStatusCode().value()).isEqualTo(503);
    }

    @Test
    void metricsIncludeTheBreakerAndThePayments() {
        var order = newOrder();
        charge(order, "tina", "1.00");
        awaitReplies(order, 1);

        await().untilAsserted(() -> assertThat(get("/actuator/prometheus").getBody())
                .contains("resilience4j_circuitbreaker_state{")
                .contains("resilience4j_bulkhead_available_concurrent_calls{")
                .contains("orderly_payments_settled_total{")
                .contains("orderly_payments_open"));
    }

    @Test
    void requestDurationsAreExportedAsAHistogram() {
        get("/reconciliation");

        assertThat(get("/actuator/prometheus").getBody())
                .containsPattern("http_server_requests_seconds_bucket\\{[^}]*uri=\"/reconciliation\"");
    }

    private void forgetCapture(OrderId order) {
        jdbc.sql("update transfers set kind = 'DEPOSIT' where reference = ? and kind = 'CAPTURE'")
                .param(order.value())
                .update();
    }

    private void rememberCapture(OrderId order) {
        jdbc.sql("update transfers set kind = 'CAPTURE' where reference = ? and kind = 'DEPOSIT'")
                .param(order.value())
                .update();
    }

    private static JsonNode differenceOf(JsonNode report, OrderId order) {
        for (var difference : report.at("/differences")) {
            if (difference.at("/key").stringValue().equals(Payment.idOf(order))) {
                return difference;
            }
        }
        throw new AssertionError("no difference for " + order + " in " + report);
    }

    private ResponseEntity<String> deposit(String customer, String key, String amount, String currency) {
        return client().post()
                .uri("/accounts/{customer}/deposits", customer)
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .body(JSON.writeValueAsString(Map.of("amount", Map.of("amount", amount, "currency", currency))))
                .retrieve()
                .onStatus(HttpStatusCode::isError, (_, _) -> {})
                .toEntity(String.class);
    }

    private ResponseEntity<String> get(String path) {
        return client().get()
                .uri(URI.create("http://localhost:" + port + path))
                .retrieve()
                .onStatus(HttpStatusCode::isError, (_, _) -> {})
                .toEntity(String.class);
    }

    private RestClient client() {
        return RestClient.create("http://localhost:" + port);
    }

    private static JsonNode json(ResponseEntity<String> answer) {
        return JSON.readTree(String.valueOf(answer.getBody()));
    }
}
