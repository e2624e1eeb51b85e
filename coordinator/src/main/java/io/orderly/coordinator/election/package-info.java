/**
 * Elections among clients: the head of a queue leads, proclaims a value to observers, and has a fencing token that distinguishes it
 * from earlier leaders. This is unrelated to the leader of the coordinator's own nodes.
 *
 * <p>As with locks, a client may not know yet that it no longer leads. A leader passes its token with everything that it does to
 * others.
 */
@NullMarked
package io.orderly.coordinator.election;

import org.jspecify.annotations.NullMarked;
