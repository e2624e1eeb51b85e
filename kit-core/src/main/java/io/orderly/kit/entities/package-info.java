/** For services whose business data are JPA entities: their changes are part of the transaction's unit of work. */
@NullMarked
package io.orderly.kit.entities;

import org.jspecify.annotations.NullMarked;
