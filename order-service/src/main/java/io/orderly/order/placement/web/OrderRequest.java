package io.orderly.order.placement.web;

import io.orderly.contracts.Address;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
import io.orderly.order.placement.OrderDraft;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The request body of an order to place. */
public record OrderRequest(
        CustomerId customer,

        @Size(min = 1, max = MAX_LINES, message = "must have 1 to {max} lines") List<@Valid Line> lines,

        Address address,
        @Nullable Money expectedTotal) {

    static final int MAX_LINES = 100;
    static final int MAX_QUANTITY = 1_000;

    public record Line(
            Sku sku,

            @Min(value = 1, message = "must be at least {value}") @Max(value = MAX_QUANTITY, message = "must be at most {value}") int quantity) {}

    public OrderDraft toDraft() {
        return new OrderDraft(
                customer,
                lines.stream()
                        .map(line -> new OrderLine(line.sku(), line.quantity()))
                        .toList(),
                address,
                expectedTotal);
    }
}
