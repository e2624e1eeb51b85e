/**
 * Torture: while orders are under way, processes are killed without warning and started again, at moments that follow from a
 * seed. Afterwards everything that was accepted must be there, finished, and paid once.
 */
@NullMarked
package io.orderly.lab.torture;

import org.jspecify.annotations.NullMarked;
