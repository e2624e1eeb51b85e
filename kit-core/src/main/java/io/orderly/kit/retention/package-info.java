/** Bounds the size of tables: rows past their retention are deleted in small transactions. */
@NullMarked
package io.orderly.kit.retention;

import org.jspecify.annotations.NullMarked;
