package io.orderly.coordinator.simulation;

/** Runs simulations. A class loader with mutated code has its own implementation. */
public interface Simulator {

    /** Does not throw: a failure is reported as a violation. */
    RunReport run(RunParameters run, Trace trace);
}
