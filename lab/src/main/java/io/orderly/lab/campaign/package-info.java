/** Campaigns: run every arm of an experiment through every scenario, once per seed, and report the results. */
@NullMarked
package io.orderly.lab.campaign;

import org.jspecify.annotations.NullMarked;
