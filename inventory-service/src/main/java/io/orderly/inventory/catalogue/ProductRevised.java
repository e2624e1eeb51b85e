package io.orderly.inventory.catalogue;

import io.orderly.contracts.Sku;

/** A change of a product is being committed by this instance. */
record ProductRevised(Sku sku, long version) {}
