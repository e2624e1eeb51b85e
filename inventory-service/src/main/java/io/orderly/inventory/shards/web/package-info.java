/** The HTTP API of the shards, for operators. */
@NullMarked
package io.orderly.inventory.shards.web;

import org.jspecify.annotations.NullMarked;
