/**
 * The crash-point matrix: under load, every service crashes at every point between two steps that are not covered by a
 * common transaction. Afterwards every accepted order must exist, be completed, and be charged at most once.
 */
@NullMarked
package io.orderly.lab.crash;

import org.jspecify.annotations.NullMarked;
