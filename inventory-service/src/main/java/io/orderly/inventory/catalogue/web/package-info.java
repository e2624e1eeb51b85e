/** The catalogue over HTTP. */
@NullMarked
package io.orderly.inventory.catalogue.web;

import org.jspecify.annotations.NullMarked;
