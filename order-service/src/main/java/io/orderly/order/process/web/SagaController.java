package io.orderly.order.process.web;

import io.orderly.contracts.OrderId;
import io.orderly.kit.security.Caller;
import io.orderly.kit.web.OperatorNote;
import io.orderly.kit.web.ProblemException;
import io.orderly.kit.web.ProblemType;
import io.orderly.order.process.SagaOperations;
import io.orderly.order.process.SagaOperations.OperationResult;
import io.orderly.order.process.Sagas;
import io.orderly.order.saga.Refusal;
import io.orderly.order.saga.SagaInput;
import io.orderly.order.saga.SagaInput.CancellationRequested;
import io.orderly.order.saga.SagaInput.Compensate;
import io.orderly.order.saga.SagaInput.Park;
import io.orderly.order.saga.SagaInput.Retry;
import io.orderly.order.saga.Transition.Moved;
import io.orderly.order.saga.Transition.Refused;
import io.orderly.order.saga.Transition.Unchanged;
import io.orderly.order.web.OrderView;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Requests of customers and operators to a saga. A request that its state does not allow is answered with 409 and the reason. What an operator says of
 * who requests it and why is in the timeline of the order.
 */
@RestController
@ResponseStatus(HttpStatus.ACCEPTED)
class SagaController {

    private final SagaOperations operations;
    private final Sagas sagas;

    SagaController(SagaOperations operations, Sagas sagas) {
        this.operations = operations;
        this.sagas = sagas;
    }

    @PostMapping("/orders/{id}/cancellation")
    @Operation(summary = "Cancels an order, if its saga can still be compensated", tags = "Orders")
    OrderView cancel(@PathVariable OrderId id, Caller caller) {
        if (caller.restrictedTo() != null && !isOf(id, caller)) {
            throw unknown(id);
        }
        return submit(id, new CancellationRequested());
    }

    @PostMapping("/sagas/{id}/retry")
    @Operation(summary = "Resumes a parked saga by sending the awaited command again", tags = "Operators")
    OrderView retry(@PathVariable OrderId id, @Valid @RequestBody(required = false) @Nullable OperatorNote note) {
        return submit(id, new Retry(OperatorNote.of(note).text()));
    }

    @PostMapping("/sagas/{id}/park")
    @Operation(summary = "Parks a saga in its current state", tags = "Operators")
    OrderView park(@PathVariable OrderId id, @Valid @RequestBody(required = false) @Nullable OperatorNote note) {
        return submit(id, new Park(OperatorNote.of(note).text()));
    }

    @PostMapping("/sagas/{id}/compensate")
    @Operation(summary = "Rejects an order and compensates its completed steps", tags = "Operators")
    OrderView compensate(@PathVariable OrderId id, @Valid @RequestBody(required = false) @Nullable OperatorNote note) {
        return submit(id, new Compensate(OperatorNote.of(note).text()));
    }

    private OrderView submit(OrderId id, SagaInput input) {
        OperationResult result = operations.submit(id, input).orElseThrow(() -> unknown(id));
        return switch (result.transition()) {
            case Moved _, Unchanged _ -> OrderView.of(result.saga());
            case Refused refused -> throw problem(refused.refusal());
        };
    }

    /** The customer of an order does not change, so the check may come before the transaction of the request. */
    private boolean isOf(OrderId id, Caller caller) {
        return sagas.find(id)
                .filter(saga -> caller.mayAccess(saga.order().customer()))
                .isPresent();
    }

    private static ProblemException unknown(OrderId id) {
        return ProblemException.notFound("There is no order " + id + ".");
    }

    private static ProblemException problem(Refusal refusal) {
        return new ProblemException(typeOf(refusal), refusal.message());
    }

    static ProblemType typeOf(Refusal refusal) {
        String name = refusal.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new ProblemType(name, HttpStatus.CONFLICT, "The state of the saga does not allow this request");
    }
}
