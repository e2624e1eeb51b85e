package io.orderly.lab.fault;

/** A fault that is on. */
interface Injection {

    /** What it has done by now. Once healed it stays as it was then. */
    Effect effect();

    /**
     * Takes it back, and returns when that is done.
     *
     * @throws FaultInjectionException if it cannot be taken back
     */
    void heal();
}
