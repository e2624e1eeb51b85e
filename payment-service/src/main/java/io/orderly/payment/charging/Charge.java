package io.orderly.payment.charging;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;

/** Who is to be charged, and how much. */
public record Charge(CustomerId customerId, Money amount) {}
