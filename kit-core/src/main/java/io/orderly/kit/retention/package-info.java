/** Keeps tables small for ever: rows past their retention are deleted in small steps. */
@NullMarked
package io.orderly.kit.retention;

import org.jspecify.annotations.NullMarked;
