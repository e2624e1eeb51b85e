package io.orderly.lab.certify;

import io.orderly.lab.conformance.Wire.RestartFailure;

/** Kills the participant, and starts it again. */
@FunctionalInterface
interface Restart {

    /** Returns when it is started, not when it is ready. */
    void run() throws RestartFailure;
}
