/** How services call others over HTTP. Services that do bring the client library themselves. */
@NullMarked
package io.orderly.kit.httpclient;

import org.jspecify.annotations.NullMarked;
