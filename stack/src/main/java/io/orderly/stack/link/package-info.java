/** The named links between the processes, and the extension point for proxies. */
@NullMarked
package io.orderly.stack.link;

import org.jspecify.annotations.NullMarked;
