/**
 * Processes under supervision: each knows what it needs to be ready before it starts, all are started as early as that
 * allows and ended the other way round, and the death of one is noticed and explained by the end of its log.
 */
@NullMarked
package io.orderly.stack.process;

import org.jspecify.annotations.NullMarked;
