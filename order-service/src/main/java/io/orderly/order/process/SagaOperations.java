package io.orderly.order.process;

import io.orderly.contracts.OrderId;
import io.orderly.order.saga.SagaInput;
import io.orderly.order.saga.Transition;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Where customers and operators ask something of a saga. */
@Component
public class SagaOperations {

    private final Sagas sagas;
    private final SagaManager sagaManager;
    private final TransactionOperations transactions;

    SagaOperations(Sagas sagas, SagaManager sagaManager, TransactionOperations transactions) {
        this.sagas = sagas;
        this.sagaManager = sagaManager;
        this.transactions = transactions;
    }

    /**
     * What came of asking.
     *
     * @param saga after the transition, with its order
     */
    public record OperationResult(SagaInstance saga, Transition transition) {}

    /**
     * Asks in a transaction of its own, which is committed on return.
     *
     * @return empty if there is no such order
     */
    public Optional<OperationResult> submit(OrderId order, SagaInput input) {
        return transactions.execute(_ -> sagas.lock(List.of(order)).stream()
                .findFirst()
                .map(saga -> new OperationResult(saga, sagaManager.handle(saga, input, null))));
    }
}
