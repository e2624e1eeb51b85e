/**
 * What the ways to place an order without a saga have in common: the order is stored as one whose saga has ended, the request is
 * answered as any other, and the client hears why if nothing comes of it.
 */
@NullMarked
package io.orderly.antipatterns.ordering;

import org.jspecify.annotations.NullMarked;
