/** An anti-pattern: what a product's page shows, put together from three remote calls for each product, where one would do. */
@NullMarked
package io.orderly.antipatterns.chattyproducts;

import org.jspecify.annotations.NullMarked;
