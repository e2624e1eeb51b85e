/** Sagas over HTTP: what customers and operators may ask of them, and where operators find those that need them. */
@NullMarked
package io.orderly.order.process.web;

import org.jspecify.annotations.NullMarked;
