/** Shipments and capacity over HTTP. */
@NullMarked
package io.orderly.shipping.dispatch.web;

import org.jspecify.annotations.NullMarked;
