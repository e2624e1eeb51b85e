/**
 * All messages between services, and the value types of which they consist.
 *
 * <p>{@link io.orderly.contracts.MessageType} lists all of them with type name, record and topic. Each has a JSON Schema in
 * {@code schemas/}, and {@code asyncapi.yaml} documents which service sends and receives them. Consumers ignore unknown
 * fields; a change that breaks existing consumers is a new type with the next version number.
 */
@NullMarked
package io.orderly.contracts;

import org.jspecify.annotations.NullMarked;
