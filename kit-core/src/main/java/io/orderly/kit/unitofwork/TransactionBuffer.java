package io.orderly.kit.unitofwork;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Collects items of the current transaction, so that all of them are written together before the commit. Each transaction
 * has its own items.
 *
 * <p>Thread-safe.
 *
 * @param <T> the type of the items
 */
public final class TransactionBuffer<T> {

    private final UnitOfWork unitOfWork;
    private final Consumer<List<T>> beforeCommit;
    private final Consumer<List<T>> afterCommit;

    /**
     * @param beforeCommit called with all items of a transaction before its unit of work is executed; may add statements to
     *     it
     * @param afterCommit called with the same items once they are committed
     */
    public TransactionBuffer(UnitOfWork unitOfWork, Consumer<List<T>> beforeCommit, Consumer<List<T>> afterCommit) {
        this.unitOfWork = unitOfWork;
        this.beforeCommit = beforeCommit;
        this.afterCommit = afterCommit;
    }

    /**
     * Adds items to the current transaction.
     *
     * @throws IllegalTransactionStateException if there is no transaction
     */
    public void add(Collection<? extends T> items) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException("no transaction is active to commit " + items);
        }
        @SuppressWarnings("unchecked") // only this class binds a resource under this key
        Items pending = (Items) TransactionSynchronizationManager.getResource(this);
        if (pending == null) {
            pending = new Items();
            TransactionSynchronizationManager.bindResource(this, pending);
            TransactionSynchronizationManager.registerSynchronization(pending);
            unitOfWork.begin();
        }
        pending.items.addAll(items);
    }

    /** The items of one transaction. */
    private final class Items implements TransactionSynchronization {

        private final List<T> items = new ArrayList<>();

        @Override
        public void beforeCommit(boolean readOnly) {
            beforeCommit.accept(items);
        }

        @Override
        public void afterCommit() {
            afterCommit.accept(items);
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(TransactionBuffer.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(TransactionBuffer.this, this);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(TransactionBuffer.this);
        }

        @Override
        public int getOrder() {
            // after other synchronizations, which may still add items, and before the unit of work
            return LOWEST_PRECEDENCE - 1;
        }
    }
}
