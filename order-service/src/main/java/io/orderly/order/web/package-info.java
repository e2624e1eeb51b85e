/** Orders over HTTP, and what the answers about their sagas and timelines share with them. */
@NullMarked
package io.orderly.order.web;

import org.jspecify.annotations.NullMarked;
