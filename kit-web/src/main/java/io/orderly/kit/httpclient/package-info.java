/** HTTP calls to other services. A service that makes calls must add the client library to its dependencies. */
@NullMarked
package io.orderly.kit.httpclient;

import org.jspecify.annotations.NullMarked;
