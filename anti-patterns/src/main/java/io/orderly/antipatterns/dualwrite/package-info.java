/** An anti-pattern: the database first, then Kafka, in place of the outbox. */
@NullMarked
package io.orderly.antipatterns.dualwrite;

import org.jspecify.annotations.NullMarked;
