package io.orderly.order.placement;

import io.orderly.contracts.Address;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order that is not priced yet.
 *
 * @param lines at least one
 * @param expectedTotal the total that the customer was shown; null if any total is acceptable
 */
public record OrderDraft(
        CustomerId customer,
        List<OrderLine> lines,
        Address address,
        @Nullable Money expectedTotal) {}
