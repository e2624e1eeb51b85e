/**
 * Makes untrusted text in logs printable: text from a client or a record cannot forge a log line, control a terminal or fill
 * the log, whichever code or library logs it.
 */
@NullMarked
package io.orderly.kit.logging;

import org.jspecify.annotations.NullMarked;
