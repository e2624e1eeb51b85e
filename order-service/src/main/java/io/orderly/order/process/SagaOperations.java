package io.orderly.order.process;

import io.orderly.contracts.OrderId;
import io.orderly.kit.messaging.MessageTraces;
import io.orderly.order.saga.SagaInput;
import io.orderly.order.saga.Transition;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Applies the requests of customers and operators to sagas. */
@Component
public class SagaOperations {

    private final Sagas sagas;
    private final SagaManager sagaManager;
    private final TransactionOperations transactions;
    private final MessageTraces traces;

    SagaOperations(Sagas sagas, SagaManager sagaManager, TransactionOperations transactions, MessageTraces traces) {
        this.sagas = sagas;
        this.sagaManager = sagaManager;
        this.transactions = transactions;
        this.traces = traces;
    }

    /**
     * The result of a request.
     *
     * @param saga the saga after the transition, with its order
     */
    public record OperationResult(SagaInstance saga, Transition transition) {}

    /**
     * Applies the request in a transaction of its own, which is committed on return, and in the trace of the order.
     *
     * @return empty if the order does not exist
     */
    public Optional<OperationResult> submit(OrderId order, SagaInput input) {
        return transactions.execute(_ -> sagas.lock(List.of(order)).stream()
                .findFirst()
                .map(saga -> new OperationResult(saga, handle(saga, input))));
    }

    private Transition handle(SagaInstance saga, SagaInput input) {
        return traces.inSpan(
                "saga request", saga.traceParent(), () -> sagaManager.handle(sagaManager.present(), saga, input, null));
    }
}
