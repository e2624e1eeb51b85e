package io.orderly.order.process;

import io.orderly.contracts.OrderId;
import io.orderly.order.process.SagaProcess.Session;
import io.orderly.order.saga.SagaInput;
import io.orderly.order.saga.Transition;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Where customers and operators ask something of a saga. */
@Component
public class SagaDesk {

    private final SagaProcess process;
    private final TransactionOperations transactions;

    SagaDesk(SagaProcess process, TransactionOperations transactions) {
        this.process = process;
        this.transactions = transactions;
    }

    /**
     * Asks in a transaction of its own, which is committed on return.
     *
     * @return empty if there is no such order
     */
    public Optional<Transition> ask(OrderId order, SagaInput input) {
        return Optional.ofNullable(transactions.execute(_ -> {
            Session session = process.lock(List.of(order));
            if (!session.holds(order)) {
                return null;
            }
            Transition transition = session.tell(order, input, null);
            session.save();
            return transition;
        }));
    }
}
