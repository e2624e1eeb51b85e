package io.orderly.payment.charging.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.kit.security.Caller;
import io.orderly.kit.web.ProblemException;
import io.orderly.payment.charging.Charge;
import io.orderly.payment.charging.Decline;
import io.orderly.payment.charging.PaymentDetails;
import io.orderly.payment.charging.PaymentFilter;
import io.orderly.payment.charging.PaymentLists;
import io.orderly.payment.charging.PaymentState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Payments")
class PaymentController {

    private static final int MAX_PAGE = 200;

    private final PaymentLists payments;

    PaymentController(PaymentLists payments) {
        this.payments = payments;
    }

    @GetMapping("/payments/{orderId}")
    @Operation(summary = "The payment of an order")
    PaymentView payment(@PathVariable OrderId orderId, Caller caller) {
        return payments.find(orderId)
                .filter(payment -> isVisible(payment, caller))
                .map(PaymentView::of)
                .orElseThrow(() -> ProblemException.notFound("There is no payment for order " + orderId + "."));
    }

    /** A payment whose refund arrived before its charge is of no known customer. */
    private static boolean isVisible(PaymentDetails payment, Caller caller) {
        Charge charge = payment.charge();
        return charge == null ? caller.restrictedTo() == null : caller.mayAccess(charge.customerId());
    }

    @GetMapping("/payments")
    @Operation(
            summary = "Payments, newest order first",
            description = "Sorted by order id, which increases with the time of placement. Payments that are INTENDED, "
                    + "VOIDING or REFUNDING wait for the payment provider.")
    PaymentPage list(
            @RequestParam(required = false) @Nullable CustomerId customer,
            @RequestParam(required = false) @Nullable PaymentState state,
            @RequestParam(required = false) @Nullable OrderId after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(MAX_PAGE) int limit,
            Caller caller) {
        CustomerId listed = customer == null ? caller.restrictedTo() : customer;
        if (listed != null && !caller.mayAccess(listed)) {
            // as for a customer without payments
            return new PaymentPage(List.of(), null);
        }
        var found = payments.newestFirst(new PaymentFilter(listed, state, after), limit);
        var page = found.map(PaymentView::of).toList();
        return new PaymentPage(page, found.hasNext() ? page.getLast().orderId() : null);
    }

    /** @param next the value of {@code after} for the next page; absent on the last page */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PaymentPage(List<PaymentView> payments, @Nullable OrderId next) {}

    /**
     * @param customerId null, like the amount, if the refund arrived before its charge
     * @param declined null unless the payment was declined
     * @param attempts the number of attempts in the current open state, or in the last one if the payment is settled
     * @param settledAt null while the payment is open
     */
    record PaymentView(
            OrderId orderId,
            String paymentId,
            PaymentState state,
            @Nullable CustomerId customerId,
            @Nullable Money amount,
            @Nullable Decline declined,
            int attempts,
            Instant createdAt,
            @Nullable Instant settledAt) {

        static PaymentView of(PaymentDetails progress) {
            var charge = progress.charge();
            return new PaymentView(
                    progress.orderId(),
                    progress.paymentId(),
                    progress.state(),
                    charge == null ? null : charge.customerId(),
                    charge == null ? null : charge.amount(),
                    progress.decline(),
                    progress.attempts(),
                    progress.createdAt(),
                    progress.settledAt());
        }
    }
}
