/** Anti-pattern: a dual write to database and Kafka, instead of an outbox. */
@NullMarked
package io.orderly.antipatterns.dualwrite;

import org.jspecify.annotations.NullMarked;
