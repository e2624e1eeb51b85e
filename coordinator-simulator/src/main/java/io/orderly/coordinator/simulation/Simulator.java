package io.orderly.coordinator.simulation;

/** Runs simulations; a class loader with other code in it has one of its own. */
public interface Simulator {

    /** Never fails: a failure is the report's violation. */
    RunReport run(RunParameters run, Trace trace);
}
