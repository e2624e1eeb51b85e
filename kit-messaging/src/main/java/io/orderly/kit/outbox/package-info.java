/**
 * Transactional outbox: a message is written in the transaction that caused it, and published at least once, in order per
 * key, also if a process crashes at any point.
 */
@NullMarked
package io.orderly.kit.outbox;

import org.jspecify.annotations.NullMarked;
