package io.orderly.order.process;

/** Writes what {@link SagaInstance#apply} has changed. */
public interface SagaWriter {

    /**
     * Has the current transaction write the state that the saga has at its end, and the status of its order if it has changed.
     *
     * @param saga locked by the current transaction
     */
    void update(SagaInstance saga);
}
