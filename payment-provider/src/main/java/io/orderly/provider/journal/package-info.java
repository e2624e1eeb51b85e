/**
 * Makes the book durable: each change is written to an append-only journal and synced before it is acknowledged, and
 * the book is rebuilt from the journal at start.
 *
 * <p>The journal is a text file with one change per line, which can be read with standard text tools:
 *
 * <pre>
 * 000000f1 9d3c02ab {"sequence":1,"key":"…","status":"CHARGED",…}
 *  length   CRC32C   payload
 * </pre>
 *
 * <p>A crash during a write leaves an incomplete last line. That change was not acknowledged, and the line is truncated
 * at start. Any other line that fails its check is corruption: acknowledged changes may be lost, so the provider does
 * not start.
 *
 * <p>After a failed write or fsync the content of the disk is unknown, and a repeated fsync gives no certainty. The
 * journal then fails permanently, all waiting calls throw, and the process has to end.
 */
@NullMarked
package io.orderly.provider.journal;

import org.jspecify.annotations.NullMarked;
