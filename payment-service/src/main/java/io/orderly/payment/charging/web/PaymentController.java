package io.orderly.payment.charging.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.kit.web.ProblemException;
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
    @Operation(summary = "What became of an order's payment")
    PaymentView payment(@PathVariable OrderId orderId) {
        return payments.find(orderId)
                .map(PaymentView::of)
                .orElseThrow(() -> ProblemException.notFound("There is no payment of order " + orderId + "."));
    }

    @GetMapping("/payments")
    @Operation(
            summary = "Payments, those of the newest orders first",
            description =
                    "Newest by the order's id, which sorts by the time of placing. INTENDED, VOIDING and REFUNDING "
                            + "payments wait for the payment provider.")
    PaymentPage list(
            @RequestParam(required = false) @Nullable CustomerId customer,
            @RequestParam(required = false) @Nullable PaymentState state,
            @RequestParam(required = false) @Nullable OrderId after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(MAX_PAGE) int limit) {
        var found = payments.newestFirst(new PaymentFilter(customer, state, after), limit);
        var page = found.map(PaymentView::of).toList();
        return new PaymentPage(page, found.hasNext() ? page.getLast().orderId() : null);
    }

    /** @param next what to give as {@code after} to get the page that follows; absent on the last page */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PaymentPage(List<PaymentView> payments, @Nullable OrderId next) {}

    /**
     * @param customerId null, like the amount, if a refund came before its charge
     * @param declined null unless it was
     * @param attempts how often the provider was to be asked
     * @param settledAt null while the provider's answer is open
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
