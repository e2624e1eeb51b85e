/** Reconciliation over HTTP. */
@NullMarked
package io.orderly.payment.reconciliation.web;

import org.jspecify.annotations.NullMarked;
