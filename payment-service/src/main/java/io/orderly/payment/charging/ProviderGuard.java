package io.orderly.payment.charging;

import java.util.concurrent.Callable;

/** Stands between this service and the provider. */
public interface ProviderGuard {

    /**
     * Makes the call, again if need be.
     *
     * @throws Exception what the last try ended with
     */
    <T> T call(Callable<T> attempt) throws Exception;

    /** How many payments may set out now, at most. */
    int permits();

    /** Runs the action whenever the number of permits may have changed. */
    void onChange(Runnable action);
}
