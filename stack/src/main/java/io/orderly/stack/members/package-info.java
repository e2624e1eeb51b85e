/** Asks services for the instances that they know by gossip. */
@NullMarked
package io.orderly.stack.members;

import org.jspecify.annotations.NullMarked;
