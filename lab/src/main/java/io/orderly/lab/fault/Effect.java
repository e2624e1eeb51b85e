package io.orderly.lab.fault;

/**
 * Whether a fault has had an effect so far.
 *
 * @param seen the observation that shows it, human-readable
 */
public record Effect(boolean tookEffect, String seen) {}
