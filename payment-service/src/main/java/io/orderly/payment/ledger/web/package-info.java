/** Accounts and their entries over HTTP. */
@NullMarked
package io.orderly.payment.ledger.web;

import org.jspecify.annotations.NullMarked;
