package io.orderly.order.process;

import io.orderly.contracts.OrderId;
import io.orderly.order.saga.SagaPhase;
import org.jspecify.annotations.Nullable;

/**
 * Selects the sagas of a list.
 *
 * @param phase null for sagas in any phase
 * @param olderThan null to begin with the newest order
 */
public record SagaFilter(
        @Nullable SagaPhase phase, @Nullable OrderId olderThan) {}
