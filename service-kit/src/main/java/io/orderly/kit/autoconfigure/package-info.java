/** The defaults that every service starts from. */
@NullMarked
package io.orderly.kit.autoconfigure;

import org.jspecify.annotations.NullMarked;
