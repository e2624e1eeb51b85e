package io.orderly.lab.fault;

import java.time.Instant;

/** A fault that is or was active. */
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

    /** Whether the fault has had an effect so far. A run whose fault had no effect is not valid. */
    public Effect verifyTookEffect() {
        return injection.effect();
    }

    /**
     * Heals the fault. Idempotent.
     *
     * @throws FaultInjectionException if the fault cannot be healed
     */
    public void heal() {
        owner.heal(this);
    }

    void end() {
        injection.heal();
    }
}
