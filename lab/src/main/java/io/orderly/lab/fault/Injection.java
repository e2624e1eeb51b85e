package io.orderly.lab.fault;

/** The mechanism of an active fault. */
interface Injection {

    /** The effect so far. It does not change after healing. */
    Effect effect();

    /**
     * Heals the fault, and returns when it is healed.
     *
     * @throws FaultInjectionException if the fault cannot be healed
     */
    void heal();
}
