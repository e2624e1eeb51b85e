package io.orderly.console.audit;

import io.orderly.console.audit.AuditView.Check;
import io.orderly.console.order.OrderFacts;
import io.orderly.console.order.OrderStatus;
import io.orderly.console.upstream.Upstream;
import io.orderly.console.upstream.Upstreams;
import io.orderly.contracts.Printable;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The invariants that answers of the services show. What a service does not answer is unknown. */
final class ServiceInvariants {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int MAX_ORDERS = 5;
    private static final int MAX_PRODUCTS = 10;
    private static final int MAX_TEXT = 100;

    private static final Invariant<Ended> SAME_END = new Invariant<>(
            "The order-service names the same end of an order as its event",
            ended -> ended.facts().ends().stream().map(OrderStatus::name).allMatch(ended.status()::equals),
            ended -> "order %s is %s".formatted(ended.facts().id(), ended.status()));

    private static final Invariant<JsonNode> BALANCES = new Invariant<>(
            "No account has less than nothing",
            account -> amount(account.path("balance").path("amount")).signum() >= 0,
            account -> "account " + shown(account.path("customerId")));

    private static final Invariant<JsonNode> STOCK = new Invariant<>(
            "No product has fewer than no units on hand, reserved or shipped",
            stock -> stock.path("onHand").asLong(-1) >= 0
                    && stock.path("reserved").asLong(-1) >= 0
                    && stock.path("shipped").asLong(-1) >= 0,
            stock -> "product " + shown(stock.path("sku")));

    private static final Invariant<JsonNode> CAPACITY = new Invariant<>(
            "No more shipments are booked on a day than it has slots",
            day -> day.path("booked").asInt(Integer.MAX_VALUE)
                    <= day.path("slots").asInt(-1),
            day -> "%s on %s".formatted(shown(day.path("region")), shown(day.path("day"))));

    private final Upstreams upstreams;

    ServiceInvariants(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    /** @param status as the order-service names it */
    private record Ended(OrderFacts facts, String status) {}

    private interface Reading<T> {

        List<T> read() throws IOException, InterruptedException;
    }

    /**
     * Asks the services, one after the other, so that they have little to do.
     *
     * @param orders of which the newest ended ones are compared
     * @param skus of which some are looked at
     */
    List<Check> check(List<OrderFacts> orders, List<String> skus) throws InterruptedException {
        return List.of(
                check(SAME_END, () -> ended(orders)),
                check(BALANCES, () -> list("payment-service", "/accounts?limit=200", "accounts")),
                check(STOCK, () -> stock(skus)),
                check(CAPACITY, () -> list("shipping-service", "/capacity?region=DE", "")));
    }

    private static <T> Check check(Invariant<T> invariant, Reading<T> reading) throws InterruptedException {
        try {
            return invariant.check(reading.read());
        } catch (IOException | JacksonException e) {
            return invariant.unknown(Printable.of(String.valueOf(e.getMessage()), MAX_TEXT));
        }
    }

    private List<Ended> ended(List<OrderFacts> orders) throws IOException, InterruptedException {
        List<OrderFacts> newest = orders.stream()
                .filter(order -> order.ends().size() == 1)
                .sorted(Comparator.comparing(OrderFacts::id).reversed())
                .limit(MAX_ORDERS)
                .toList();
        List<Ended> ended = new ArrayList<>();
        for (OrderFacts order : newest) {
            ended.add(new Ended(
                    order, shown(read("order-service", "/orders/" + order.id()).path("status"))));
        }
        return ended;
    }

    private List<JsonNode> stock(List<String> skus) throws IOException, InterruptedException {
        List<JsonNode> levels = new ArrayList<>();
        for (String sku : skus.subList(0, Math.min(MAX_PRODUCTS, skus.size()))) {
            String segment = URLEncoder.encode(sku, StandardCharsets.UTF_8).replace("+", "%20");
            levels.add(read("inventory-service", "/products/" + segment + "/stock"));
        }
        return levels;
    }

    /** @param field of the list; empty if the answer itself is the list */
    private List<JsonNode> list(String service, String path, String field) throws IOException, InterruptedException {
        JsonNode answer = read(service, path);
        JsonNode list = field.isEmpty() ? answer : answer.path(field);
        if (!list.isArray()) {
            throw new IOException("The %s does not answer with a list.".formatted(service));
        }
        return List.copyOf(list.values());
    }

    private JsonNode read(String service, String path) throws IOException, InterruptedException {
        Upstream asked = upstreams.service(service);
        JsonNode answer = JSON.readTree(asked.read(path, TIMEOUT));
        if (answer == null) {
            throw new IOException("The %s answers with nothing.".formatted(service));
        }
        return answer;
    }

    /** Below zero if it is no amount. */
    private static BigDecimal amount(JsonNode text) {
        try {
            return new BigDecimal(text.asString(""));
        } catch (NumberFormatException e) {
            return BigDecimal.ONE.negate();
        }
    }

    private static String shown(JsonNode value) {
        return Printable.of(value.isValueNode() ? value.asString("") : "", MAX_TEXT);
    }
}
