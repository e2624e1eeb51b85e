package io.orderly.order.saga;

import io.orderly.contracts.Address;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.Sku;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Orders and deadlines for tests of the saga. */
final class SagaFixtures {

    static final Duration FIRST_DEADLINE = Duration.ofSeconds(10);
    static final Duration LONGEST_DEADLINE = Duration.ofSeconds(60);
    static final Deadlines DEADLINES = new Deadlines(
            Arrays.stream(SagaStep.values()).collect(Collectors.toMap(step -> step, _ -> FIRST_DEADLINE)),
            LONGEST_DEADLINE);

    private SagaFixtures() {}

    static SagaOrder anOrder() {
        return new SagaOrder(
                OrderId.of("0199f2c8-7c00-7000-8000-000000000001"),
                new CustomerId("alice"),
                List.of(new OrderLine(new Sku("LAMP-1"), 2), new OrderLine(new Sku("CHAIR-7"), 1)),
                Money.euros("123.45"),
                new Address("Alice", "Lindenstr. 5", "Berlin", "10969", "DE"));
    }
}
