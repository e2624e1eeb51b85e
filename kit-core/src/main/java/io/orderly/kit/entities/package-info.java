/** JPA entities as part of the unit of work: their changes are flushed before its statements are executed. */
@NullMarked
package io.orderly.kit.entities;

import org.jspecify.annotations.NullMarked;
