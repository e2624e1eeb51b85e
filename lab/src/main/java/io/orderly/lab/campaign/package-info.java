/**
 * Campaigns: run every arm of an experiment, or a system of others, through every scenario, once per seed, and report the results.
 */
@NullMarked
package io.orderly.lab.campaign;

import org.jspecify.annotations.NullMarked;
