/**
 * Anti-pattern: a chatty interface. Product details are assembled from three remote calls per product where one would
 * do.
 */
@NullMarked
package io.orderly.antipatterns.chattyproducts;

import org.jspecify.annotations.NullMarked;
