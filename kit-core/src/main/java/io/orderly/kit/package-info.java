/**
 * The shared infrastructure of all services: transactional outbox, inbox, idempotent requests, problem details, and logical
 * clocks in message headers.
 */
@NullMarked
package io.orderly.kit;

import org.jspecify.annotations.NullMarked;
