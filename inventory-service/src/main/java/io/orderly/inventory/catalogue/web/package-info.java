/** The HTTP API of the catalogue. */
@NullMarked
package io.orderly.inventory.catalogue.web;

import org.jspecify.annotations.NullMarked;
