/** How services call others over HTTP. Services that do bring the client library themselves. */
@NullMarked
package io.orderly.kit.calls;

import org.jspecify.annotations.NullMarked;
