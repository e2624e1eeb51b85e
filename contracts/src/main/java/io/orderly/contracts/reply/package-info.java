/** What participants answer to the saga: a step is completed, declined, refused, or its command went to the dead letters. */
@NullMarked
package io.orderly.contracts.reply;

import org.jspecify.annotations.NullMarked;
