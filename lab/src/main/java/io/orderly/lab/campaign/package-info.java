/** Campaigns: every arm of an experiment through every scenario, with as many seeds as asked, and a report of it. */
@NullMarked
package io.orderly.lab.campaign;

import org.jspecify.annotations.NullMarked;
