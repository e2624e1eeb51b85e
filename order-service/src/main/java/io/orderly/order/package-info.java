/** Takes orders and sees each through to its end: confirmed, rejected or cancelled, or parked where a person must look. */
@NullMarked
package io.orderly.order;

import org.jspecify.annotations.NullMarked;
