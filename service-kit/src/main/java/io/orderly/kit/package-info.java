/**
 * The kit: what every service needs around its business, such as HTTP with problem details, messages with outbox and inbox, and
 * the steps of a saga. This module has no code; a service that depends on it has all parts: {@code kit-core}, {@code kit-web},
 * {@code kit-security}, {@code kit-messaging} and {@code kit-participant}, each of which can be used without the others that it does not need.
 */
@NullMarked
package io.orderly.kit;

import org.jspecify.annotations.NullMarked;
