/** What services know of a saga, and no message says. */
@NullMarked
package io.orderly.console.saga;

import org.jspecify.annotations.NullMarked;
