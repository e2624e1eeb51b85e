/**
 * The contract of {@code asyncapi.yaml} as rules that a participant of the saga keeps or breaks: each sends commands, and says which
 * replies must come back. {@link io.orderly.lab.conformance.Rules} has all of them, and {@link io.orderly.lab.conformance.Certification}
 * plays them over a {@link io.orderly.lab.conformance.Wire}. The package knows messages only, neither Kafka nor a participant.
 */
@NullMarked
package io.orderly.lab.conformance;

import org.jspecify.annotations.NullMarked;
