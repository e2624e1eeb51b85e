/**
 * Torture: processes are killed with SIGKILL under load and restarted, at times that are derived from a seed.
 * Afterwards every accepted order must exist, be completed, and be charged at most once.
 */
@NullMarked
package io.orderly.lab.torture;

import org.jspecify.annotations.NullMarked;
