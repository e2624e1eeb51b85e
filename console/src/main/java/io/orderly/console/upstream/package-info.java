/** The processes that the console sends requests to. */
@NullMarked
package io.orderly.console.upstream;

import org.jspecify.annotations.NullMarked;
