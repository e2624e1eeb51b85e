/**
 * The lab: puts the system under load, injects faults, audits the resulting state, and measures throughput and latency.
 *
 * <p>{@link io.orderly.lab.load} places orders and records the result of each request durably; {@link
 * io.orderly.lab.evidence} reads the databases, the topics and the payment provider's book; {@link
 * io.orderly.lab.audit} checks them against each other; {@link io.orderly.lab.system} runs a system for a single
 * experiment. {@link io.orderly.lab.torture} and {@link io.orderly.lab.bench} are built from these parts. {@link
 * io.orderly.lab.conformance} has the rules of the contract that {@link io.orderly.lab.certify} plays to participants of others,
 * and {@link io.orderly.lab.trial} tries whole systems of others.
 */
@NullMarked
package io.orderly.lab;

import org.jspecify.annotations.NullMarked;
