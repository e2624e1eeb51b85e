package io.orderly.order;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.orderly.contracts.Address;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import java.time.Instant;
import java.util.List;

/** Orders for tests of controllers and repositories. */
public final class SampleOrders {

    private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

    private SampleOrders() {}

    /** A new order of one lamp. Later orders have higher ids. */
    public static Order of(String customer) {
        return Order.accepted(
                new OrderId(IDS.generate()),
                new CustomerId(customer),
                List.of(new PricedLine(new Sku("LAMP-1"), 1, Money.euros("12.50"))),
                new Address("Alice", "Lindenstr. 5", "Berlin", "10969", "DE"),
                Money.euros("12.50"),
                Instant.parse("2026-11-29T12:00:00.123456Z"));
    }
}
