/** The shipping-service's branch of a distributed transaction. */
@NullMarked
package io.orderly.antipatterns.twophasecommit.shipping;

import org.jspecify.annotations.NullMarked;
