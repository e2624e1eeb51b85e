/** Timelines over HTTP: as JSON, as text, and live. */
@NullMarked
package io.orderly.order.timeline.web;

import org.jspecify.annotations.NullMarked;
