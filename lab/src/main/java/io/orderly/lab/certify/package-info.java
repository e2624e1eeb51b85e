/**
 * The command that plays the {@linkplain io.orderly.lab.conformance rules of the contract} to a participant in any language, over Kafka.
 */
@NullMarked
package io.orderly.lab.certify;

import org.jspecify.annotations.NullMarked;
