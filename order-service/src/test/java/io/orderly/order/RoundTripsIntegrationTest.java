package io.orderly.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.OrderId;
import io.orderly.kit.testing.RoundTrips;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The round trips to the database that an order costs the order-service. */
class RoundTripsIntegrationTest extends OrderServiceIntegrationTest {

    private static final Pattern TABLE = Pattern.compile("(from|join|insert into|update) \\w+");

    @Autowired
    RoundTrips roundTrips;

    @Test
    void anOrderIsAcceptedInSixRoundTripsAndAReplyIsHandledInThree() {
        roundTrips.clear();

        OrderId order = placeOrder("rita");
        awaitStatus(order, "CONFIRMED");

        assertThat(roundTrips.transactionsWith("insert into idempotency_keys"))
                .singleElement()
                .satisfies(sent -> assertThat(tables(sent))
                        .containsExactly(
                                "join idempotency_keys",
                                "from catalogue_products",
                                "insert into orders",
                                "insert into sagas",
                                "insert into idempotency_keys",
                                RoundTrips.COMMIT));
        await().until(() -> replies().size() == 4);
        assertThat(replies())
                .allSatisfy(sent ->
                        assertThat(tables(sent)).containsExactly("from sagas", "insert into inbox", RoundTrips.COMMIT));
    }

    private List<List<String>> replies() {
        return roundTrips.transactionsWith("update sagas").stream()
                .filter(sent -> sent.stream().anyMatch(sql -> sql.contains("insert into inbox")))
                .toList();
    }

    /** Of each round trip the first table that it reads or writes. */
    private static List<String> tables(List<String> sent) {
        return sent.stream()
                .map(sql -> TABLE.matcher(sql)
                        .results()
                        .map(MatchResult::group)
                        .findFirst()
                        .orElse(sql))
                .toList();
    }
}
