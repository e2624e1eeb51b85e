/**
 * What is sold: products with their prices and reviews. Every change of a product is published to the compacted topic
 * {@code inventory.products}, which is the catalogue for all who need a copy.
 */
@NullMarked
package io.orderly.inventory.catalogue;

import org.jspecify.annotations.NullMarked;
