package io.orderly.inventory.shards.web;

import io.orderly.contracts.Sku;
import org.jspecify.annotations.Nullable;

/**
 * The request body of a split; it has one of the two.
 *
 * @param at the first SKU of the new range
 * @param shard the shard that is split at the median of its SKUs
 */
record Split(@Nullable Sku at, @Nullable Integer shard) {}
