/** The connections between the processes, by name, and the seam where something may be put in between. */
@NullMarked
package io.orderly.stack.link;

import org.jspecify.annotations.NullMarked;
