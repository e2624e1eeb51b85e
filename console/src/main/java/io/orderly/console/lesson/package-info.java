/** Guided lessons: each breaks something in the running system for a while, and shows with the messages of this run what the system does. */
@NullMarked
package io.orderly.console.lesson;

import org.jspecify.annotations.NullMarked;
