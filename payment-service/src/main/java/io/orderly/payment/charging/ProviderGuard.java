package io.orderly.payment.charging;

import java.util.concurrent.Callable;

/** Protects this service and the provider from each other's failures: every call goes through it. */
public interface ProviderGuard {

    /**
     * Makes the call, with retries.
     *
     * @throws Exception the failure of the last try
     */
    <T> T call(Callable<T> attempt) throws Exception;

    /** The number of payments whose settlement may start now. */
    int permits();

    /** Registers an action that runs whenever the number of permits may have changed. */
    void onPermitChange(Runnable action);
}
