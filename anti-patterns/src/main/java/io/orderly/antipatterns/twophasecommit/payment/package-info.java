/**
 * The payment-service's branch of a distributed transaction, with a provider that does not support prepared
 * transactions.
 */
@NullMarked
package io.orderly.antipatterns.twophasecommit.payment;

import org.jspecify.annotations.NullMarked;
