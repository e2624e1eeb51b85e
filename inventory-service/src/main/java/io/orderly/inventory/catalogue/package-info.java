/**
 * The catalogue: products with their prices and reviews. Every change of a product is published to the compacted topic
 * {@code inventory.products}, from which other services build local copies of the catalogue.
 */
@NullMarked
package io.orderly.inventory.catalogue;

import org.jspecify.annotations.NullMarked;
