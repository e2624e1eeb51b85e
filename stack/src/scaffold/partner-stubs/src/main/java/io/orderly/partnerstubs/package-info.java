/** Participants of the saga with no business behind them, in place of services that do not exist yet. */
@NullMarked
package io.orderly.partnerstubs;

import org.jspecify.annotations.NullMarked;
