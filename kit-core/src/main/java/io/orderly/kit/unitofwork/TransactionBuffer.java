package io.orderly.kit.unitofwork;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Collects what the parts of a transaction have to write, so that it is written together. Each transaction has items of its own.
 *
 * <p>Safe for use by many threads.
 *
 * @param <T> the items
 */
public final class TransactionBuffer<T> {

    private final UnitOfWork unitOfWork;
    private final Consumer<List<T>> beforeCommit;
    private final Consumer<List<T>> afterCommit;

    /**
     * @param beforeCommit called with all items of a transaction while its unit of work still takes statements
     * @param afterCommit called with the same items once they are committed
     */
    public TransactionBuffer(UnitOfWork unitOfWork, Consumer<List<T>> beforeCommit, Consumer<List<T>> afterCommit) {
        this.unitOfWork = unitOfWork;
        this.beforeCommit = beforeCommit;
        this.afterCommit = afterCommit;
    }

    /**
     * Adds items to those of the current transaction.
     *
     * @throws IllegalTransactionStateException if there is no transaction
     */
    public void add(Collection<? extends T> items) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException("there is no transaction that could commit " + items);
        }
        @SuppressWarnings("unchecked") // this buffer binds nothing else
        Pending pending = (Pending) TransactionSynchronizationManager.getResource(this);
        if (pending == null) {
            pending = new Pending();
            TransactionSynchronizationManager.bindResource(this, pending);
            TransactionSynchronizationManager.registerSynchronization(pending);
            unitOfWork.begin();
        }
        pending.items.addAll(items);
    }

    /** The items of one transaction. */
    private final class Pending implements TransactionSynchronization {

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
            // after every other synchronization that may still add something, and before the unit of work is written
            return LOWEST_PRECEDENCE - 1;
        }
    }
}
