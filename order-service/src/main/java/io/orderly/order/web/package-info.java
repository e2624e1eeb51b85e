/** The HTTP API of orders, and the views shared with the APIs of sagas and timelines. */
@NullMarked
package io.orderly.order.web;

import org.jspecify.annotations.NullMarked;
