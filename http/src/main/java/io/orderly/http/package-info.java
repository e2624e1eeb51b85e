/**
 * Checks of HTTP/1.1 requests for servers on Tomcat's connector: a whole request must arrive in time ({@link
 * io.orderly.http.RequestTimeoutProtocol}), and its path and query must be percent-encoded UTF-8 ({@link
 * io.orderly.http.PercentEncoding}, {@link io.orderly.http.TargetViolation}).
 */
@NullMarked
package io.orderly.http;

import org.jspecify.annotations.NullMarked;
