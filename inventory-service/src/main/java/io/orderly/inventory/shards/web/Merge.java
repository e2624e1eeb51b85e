package io.orderly.inventory.shards.web;

/**
 * The request body of a merge.
 *
 * @param left the shard that gets all products
 * @param right the shard whose range follows, and which is free afterwards
 */
record Merge(int left, int right) {}
