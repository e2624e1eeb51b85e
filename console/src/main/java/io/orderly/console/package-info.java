/** The console: a process that reads the topics of the saga and shows a page. No other process depends on it. */
@NullMarked
package io.orderly.console;

import org.jspecify.annotations.NullMarked;
