/** Orders and their sagas over HTTP. */
@NullMarked
package io.orderly.order.web;

import org.jspecify.annotations.NullMarked;
