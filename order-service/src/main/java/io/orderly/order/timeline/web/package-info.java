/** The HTTP API of timelines: as JSON, as text, and as a stream of server-sent events. */
@NullMarked
package io.orderly.order.timeline.web;

import org.jspecify.annotations.NullMarked;
