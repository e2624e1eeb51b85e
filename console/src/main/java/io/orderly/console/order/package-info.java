/** What messages say about orders, in bounded memory. Without threads, network and framework. */
@NullMarked
package io.orderly.console.order;

import org.jspecify.annotations.NullMarked;
