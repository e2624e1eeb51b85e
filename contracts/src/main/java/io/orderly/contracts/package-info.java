/**
 * Every message that crosses a service border, and the few words they are made of.
 *
 * <p>{@link io.orderly.contracts.MessageType} is the table of all of them: type name, record, topic. Each has a JSON
 * Schema beside it in {@code schemas/}, and {@code asyncapi.yaml} says who sends what where. Readers ignore fields they do
 * not know; a change that an older reader could not survive is a new type with the next version number.
 */
@NullMarked
package io.orderly.contracts;

import org.jspecify.annotations.NullMarked;
