package io.orderly.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.OrderId;
import io.orderly.payment.charging.PaymentState;
import io.orderly.payment.ledger.Accounts;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lists of accounts and payments over HTTP. */
class ListsIntegrationTest extends PaymentIntegrationTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Value("${local.server.port}")
    int port;

    @Autowired
    Accounts accounts;

    @Autowired
    TransactionTemplate transactions;

    @Test
    void accountsAreListedInTheOrderOfCustomerIds() {
        var prefix = "list-" + UUID.randomUUID();
        var names = Stream.of("B", "a", "z", "ä").map(prefix::concat).toList();
        transactions.execute(_ ->
                accounts.lock(names.reversed().stream().map(CustomerId::new).toList()));

        var first = json(get("/accounts?limit=3&after=" + prefix));
        assertThat(customers(first)).containsExactlyElementsOf(names.subList(0, 3));
        assertThat(first.at("/next").stringValue()).isEqualTo(names.get(2));
        var second = json(get("/accounts?limit=1&after=" + prefix + "z"));
        assertThat(customers(second)).containsExactly(names.get(3));
    }

    @Test
    void theLastPageHasNoNext() {
        // an ideograph of the last assigned plane, so that it is the last customer id
        var last = CustomerId.of(Character.toString(0x30000) + " last of all");
        transactions.execute(_ -> accounts.lock(List.of(last)));

        var page = json(get("/accounts?after=%F0%B0%80%80"));

        assertThat(customers(page)).containsExactly(last.value());
        assertThat(page.has("next")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"ulrich, 1000000.00, 999990.00", "frugal, 100.00, 90.00", "penniless, 0.00, 0.00"})
    void anAccountShowsItsOpeningBalance(String customer, String opening, String balance) {
        charge(newOrder(), customer, "10.00");
        await().untilAsserted(() -> assertThat(
                        json(get("/accounts/" + customer)).at("/balance/amount").stringValue(""))
                .isEqualTo(balance));
        awaitAllSettled();

        var account = json(get("/accounts/" + customer));

        assertThat(account.at("/openingBalance/amount").stringValue()).isEqualTo(opening);
        assertThat(account.at("/openingBalance/currency").stringValue()).isEqualTo("EUR");
        var before = customer.substring(0, customer.length() - 1);
        assertThat(json(get("/accounts?limit=1&after=" + before)).at("/accounts/0"))
                .isEqualTo(account);
    }

    @Test
    void thePaymentsOfACustomerAreListedNewestOrderFirst() {
        var customer = "lister-" + UUID.randomUUID();
        var charged = Stream.generate(PaymentIntegrationTest::newOrder)
                .limit(5)
                .sorted()
                .toList();
        charged.forEach(order -> charge(order, customer, "1.00"));
        charged.forEach(order -> awaitReplies(order, 1));

        List<String> seen = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        var after = "";
        do {
            var page = json(get("/payments?limit=2&customer=" + customer + after));
            sizes.add(page.at("/payments").size());
            seen.addAll(orders(page));
            after = page.has("next") ? "&after=" + page.at("/next").stringValue() : "";
        } while (!after.isEmpty());

        assertThat(seen)
                .containsExactlyElementsOf(
                        charged.reversed().stream().map(OrderId::toString).toList());
        assertThat(sizes).containsExactly(2, 2, 1);
        assertThat(json(get("/payments?limit=1&customer=" + customer)).at("/payments/0"))
                .isEqualTo(json(get("/payments/" + charged.getLast())));
    }

    @Test
    void aPaymentIsListedOnlyInItsOwnState() {
        var customer = "states-" + UUID.randomUUID();
        var charged = newOrder();
        charge(charged, customer, "1.00");
        var declined = newOrder();
        charge(declined, customer, "2000000.00");
        var refunded = newOrder();
        charge(refunded, customer, "1.00");
        awaitReplies(charged, 1);
        awaitReplies(declined, 1);
        awaitReplies(refunded, 1);
        refund(refunded);
        awaitReplies(refunded, 2);
        provider.startOutage();
        var open = newOrder();
        charge(open, customer, "1.00");
        await().until(() -> stateOf(open).equals("INTENDED"));

        for (var state : PaymentState.values()) {
            var all = orders(json(get("/payments?limit=200&state=" + state)));
            var customers = orders(json(get("/payments?customer=" + customer + "&state=" + state)));
            for (var order : List.of(charged, declined, refunded, open)) {
                var isIn = stateOf(order).equals(state.name());
                assertThat(all.contains(order.toString()))
                        .as(order + " in " + state)
                        .isEqualTo(isIn);
                assertThat(customers.contains(order.toString())).isEqualTo(isIn);
            }
        }
        assertThat(stateOf(open)).isEqualTo("INTENDED");
        provider.reset();
        awaitReplies(open, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "/accounts?limit=0, limit",
        "/accounts?limit=201, limit",
        "/accounts?limit=x, limit",
        "/accounts?limit=, limit",
        "/accounts?after=, after",
        "/accounts?after=%00, after",
        "/payments?limit=0, limit",
        "/payments?limit=201, limit",
        "/payments?state=LOST, state",
        "/payments?state=, state",
        "/payments?customer=, customer",
        "/payments?customer=%00, customer",
        "/payments?after=, after",
        "/payments?after=17, after"
    })
    void anInvalidQueryIsRejectedWithTheNameOfTheParameter(String path, String parameter) {
        var answer = get(path);

        assertThat(answer.getStatusCode().value()).as(answer.getBody()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/field").stringValue()).isEqualTo(parameter);
    }

    private static List<String> customers(JsonNode page) {
        return page.at("/accounts")
                .valueStream()
                .map(account -> account.at("/customerId").stringValue())
                .toList();
    }

    private static List<String> orders(JsonNode page) {
        return page.at("/payments")
                .valueStream()
                .map(payment -> payment.at("/orderId").stringValue())
                .toList();
    }

    private ResponseEntity<String> get(String path) {
        return RestClient.create()
                .get()
                .uri(URI.create("http://localhost:" + port + path))
                .retrieve()
                .onStatus(HttpStatusCode::isError, (_, _) -> {})
                .toEntity(String.class);
    }

    private static JsonNode json(ResponseEntity<String> answer) {
        return JSON.readTree(String.valueOf(answer.getBody()));
    }
}
