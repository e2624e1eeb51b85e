/**
 * The messages between members, and their bounded binary form.
 */
@NullMarked
package io.orderly.gossip.message;

import org.jspecify.annotations.NullMarked;
