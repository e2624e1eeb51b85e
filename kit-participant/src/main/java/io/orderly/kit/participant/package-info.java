/**
 * Saga participant: each (order, step) takes effect once and its reply is recorded, a repeated command gets the recorded
 * reply again, and a forward step that arrives after its compensation is refused.
 */
@NullMarked
package io.orderly.kit.participant;

import org.jspecify.annotations.NullMarked;
