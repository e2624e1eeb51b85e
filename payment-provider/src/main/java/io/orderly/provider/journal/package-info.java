/**
 * Makes the book durable: every change is written to an append-only journal and forced to disk before anyone hears of
 * it, and the book is rebuilt from the journal at start.
 *
 * <p>The journal is a text file, one change a line, so that it can be read, searched and counted with everyday tools:
 *
 * <pre>
 * 000000f1 9d3c02ab {"sequence":1,"key":"…","status":"CHARGED",…}
 *  length   CRC32C   payload
 * </pre>
 *
 * <p>A process or machine that dies while it writes leaves a line without its end; nobody was told of that change, and
 * the line is cut off at start. Any other line that does not check is corruption: changes that were acknowledged may be
 * lost, so the provider refuses to start rather than to forget them.
 *
 * <p>A write or fsync that fails leaves unknown what is on disk, and asking again proves nothing. The journal then fails
 * for good, everyone who waits is told so, and the process has to end.
 */
@NullMarked
package io.orderly.provider.journal;

import org.jspecify.annotations.NullMarked;
