package io.orderly.payment.charging;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;

/** The customer to charge, and the amount. */
public record Charge(CustomerId customerId, Money amount) {}
