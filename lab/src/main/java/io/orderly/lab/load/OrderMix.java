package io.orderly.lab.load;

import io.orderly.contracts.Sku;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.databind.json.JsonMapper;

/** Generates orders of the order-service. An order depends only on the mix and its number. */
public final class OrderMix implements PlannedOrders {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** A customer whose account has a balance of zero. */
    private static final String CUSTOMER_WITHOUT_FUNDS = "broke";

    /** A product with ten units, which are not restocked. */
    private static final String RARE_PRODUCT = "BOOK-FIRST-EDITION";

    private static final int QUANTITY_OUT_OF_STOCK = 1_000;

    private static final String MISSING_PRODUCT = "NO-SUCH-PRODUCT";
    private static final List<String> SERVED_COUNTRIES = List.of("AT", "CH", "DE", "ES", "FR", "IT", "NL", "PL");

    /** Antarctica. */
    private static final String UNSERVED_COUNTRY = "AQ";

    private static final int MAX_LINES = 3;
    private static final int MAX_QUANTITY = 3;
    private static final int MAX_CANCEL_AFTER_MILLIS = 50;
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private final String run;
    private final long seed;
    private final List<Sku> products;
    private final int customers;
    private final MixShares shares;

    /**
     * @param run the prefix of the orders' keys; must be unique on a system
     * @param products the products to choose from; a small number causes contention on their stock
     * @param customers the number of different customers
     */
    public OrderMix(String run, long seed, List<Sku> products, int customers, MixShares shares) {
        if (products.isEmpty() || customers < 1) {
            throw new IllegalArgumentException("a mix needs at least one product and one customer");
        }
        this.run = run;
        this.seed = seed;
        this.products = List.copyOf(products);
        this.customers = customers;
        this.shares = shares;
    }

    @Override
    public PlannedOrder order(long number) {
        // SplittableRandom mixes the seed, so consecutive numbers give independent orders
        var random = new SplittableRandom(seed ^ (number + 1) * GOLDEN_RATIO);
        OrderScenario scenario = shares.draw(random);
        String key = "%s-%06d".formatted(run, number);
        String customer = scenario == OrderScenario.UNPAYABLE
                ? CUSTOMER_WITHOUT_FUNDS
                : "customer-%05d".formatted(random.nextInt(customers));
        String country = scenario == OrderScenario.UNDELIVERABLE
                ? UNSERVED_COUNTRY
                : SERVED_COUNTRIES.get(random.nextInt(SERVED_COUNTRIES.size()));
        var address = new Destination(
                key,
                "Lindenstr. " + (1 + random.nextInt(200)),
                "Berlin",
                "%05d".formatted(random.nextInt(100_000)),
                country);
        byte[] body = JSON.writeValueAsBytes(new Body(customer, lines(scenario, random), address));
        Duration cancelAfter = Duration.ofMillis(random.nextInt(MAX_CANCEL_AFTER_MILLIS + 1));
        return new PlannedOrder(key, scenario, body, cancelAfter, random.nextLong());
    }

    private List<Line> lines(OrderScenario scenario, SplittableRandom random) {
        Map<String, Line> lines = new LinkedHashMap<>();
        int count = 1 + random.nextInt(MAX_LINES);
        for (int i = 0; i < count; i++) {
            String sku = products.get(random.nextInt(products.size())).value();
            lines.put(sku, new Line(sku, 1 + random.nextInt(MAX_QUANTITY)));
        }
        switch (scenario) {
            case OUT_OF_STOCK -> lines.put(RARE_PRODUCT, new Line(RARE_PRODUCT, QUANTITY_OUT_OF_STOCK));
            case UNKNOWN_PRODUCT -> lines.put(MISSING_PRODUCT, new Line(MISSING_PRODUCT, 1));
            case ORDINARY, UNPAYABLE, UNDELIVERABLE, CANCELLED_AT_ONCE -> {}
        }
        return List.copyOf(lines.values());
    }

    private record Body(String customer, List<Line> lines, Destination address) {}

    private record Destination(String name, String street, String city, String postalCode, String country) {}

    private record Line(String sku, int quantity) {}
}
