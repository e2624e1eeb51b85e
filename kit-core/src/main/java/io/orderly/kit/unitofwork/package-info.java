/**
 * Unit of work (Fowler, <i>Patterns of Enterprise Application Architecture</i>): the statements of a transaction are
 * collected and sent to the database in one round trip just before the commit.
 */
@NullMarked
package io.orderly.kit.unitofwork;

import org.jspecify.annotations.NullMarked;
