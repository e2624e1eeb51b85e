/**
 * How log lines show text from outside: what a client or a record supplied cannot forge a line, command a terminal or fill the
 * log, whichever code or library logs it.
 */
@NullMarked
package io.orderly.kit.logging;

import org.jspecify.annotations.NullMarked;
