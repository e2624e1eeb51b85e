/**
 * How a request arrives over HTTP/1.1, for a server of any kind on Tomcat's connector: a whole request has to arrive in time
 * ({@link io.orderly.http.RequestTimeoutProtocol}), and its path and query are percent-encoded UTF-8
 * ({@link io.orderly.http.PercentEncoding}, {@link io.orderly.http.TargetViolation}).
 */
@NullMarked
package io.orderly.http;

import org.jspecify.annotations.NullMarked;
