/**
 * The lab: it puts the system under load, breaks parts of it meanwhile, audits what is left, and measures how fast it was.
 *
 * <p>{@link io.orderly.lab.load} places orders and writes down, durably, what became of each request;
 * {@link io.orderly.lab.evidence} reads what the databases, topics and the payment provider's book hold;
 * {@link io.orderly.lab.audit} compares the two; {@link io.orderly.lab.system} runs a system for one experiment.
 * {@link io.orderly.lab.torture} and {@link io.orderly.lab.bench} are made of these parts.
 */
@NullMarked
package io.orderly.lab;

import org.jspecify.annotations.NullMarked;
