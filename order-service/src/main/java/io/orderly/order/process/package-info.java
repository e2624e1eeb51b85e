/**
 * The edge of the saga: where its state is kept, what tells it that something has happened, and where its decisions go.
 *
 * <p>Whatever happens to a saga happens in one transaction that holds its row: the new state, the commands and events that
 * leave with it, and the timeline. So a saga decides one thing at a time, whichever threads and instances bring the news.
 */
@NullMarked
package io.orderly.order.process;

import org.jspecify.annotations.NullMarked;
