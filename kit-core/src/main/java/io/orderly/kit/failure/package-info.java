/** Which failures pass by themselves, so that trying again later helps, and which do not. */
@NullMarked
package io.orderly.kit.failure;

import org.jspecify.annotations.NullMarked;
