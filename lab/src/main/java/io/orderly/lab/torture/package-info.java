/**
 * Torture: under load, processes are killed and suspended, links are cut and slowed, records are duplicated and delayed, clocks are set, and
 * disks are full, at times that are derived from a seed. Afterwards every accepted order must exist, be completed, and be charged at most once.
 */
@NullMarked
package io.orderly.lab.torture;

import org.jspecify.annotations.NullMarked;
