/**
 * Unit of work (Fowler, <i>Patterns of Enterprise Application Architecture</i>): what a transaction writes is collected, and
 * goes to the database in one round trip just before the commit.
 */
@NullMarked
package io.orderly.kit.unitofwork;

import org.jspecify.annotations.NullMarked;
