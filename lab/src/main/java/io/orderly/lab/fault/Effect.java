package io.orderly.lab.fault;

/**
 * Whether a fault has struck so far.
 *
 * @param seen what shows it, a phrase for people
 */
public record Effect(boolean tookEffect, String seen) {}
