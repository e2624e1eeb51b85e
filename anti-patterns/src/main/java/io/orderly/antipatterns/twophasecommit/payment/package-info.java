/** Payment's branch of a distributed transaction, over a database and over a provider that knows no prepared transactions. */
@NullMarked
package io.orderly.antipatterns.twophasecommit.payment;

import org.jspecify.annotations.NullMarked;
