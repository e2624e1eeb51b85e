package io.orderly.lab.fault;

import java.time.Instant;

/** A fault that is on, or was. */
public final class InjectedFault {

    private final String id;
    private final Fault fault;
    private final Instant since;
    private final Injection injection;
    private final FaultInjector owner;

    InjectedFault(String id, Fault fault, Injection injection, FaultInjector owner) {
        this.id = id;
        this.fault = fault;
        this.since = Instant.now();
        this.injection = injection;
        this.owner = owner;
    }

    public String id() {
        return id;
    }

    public Fault fault() {
        return fault;
    }

    public Instant since() {
        return since;
    }

    /** Whether it has struck by now. An experiment under a fault that never did says nothing about the fault. */
    public Effect verifyTookEffect() {
        return injection.effect();
    }

    /**
     * Takes the fault back; twice is fine.
     *
     * @throws FaultInjectionException if it cannot be taken back
     */
    public void heal() {
        owner.heal(this);
    }

    void end() {
        injection.heal();
    }
}
