package io.orderly.order.placement;

import io.orderly.contracts.Address;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a customer would like to order.
 *
 * @param lines at least one
 * @param expectedTotal what the customer believes it costs; null if any price will do
 */
public record OrderDraft(
        CustomerId customer,
        List<OrderLine> lines,
        Address address,
        @Nullable Money expectedTotal) {}
