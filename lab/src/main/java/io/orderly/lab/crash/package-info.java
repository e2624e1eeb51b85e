/**
 * The crash-point matrix: under load, every service dies at every point where two steps are held together by no transaction.
 * Afterwards everything that was accepted must be there, finished, and paid once.
 */
@NullMarked
package io.orderly.lab.crash;

import org.jspecify.annotations.NullMarked;
