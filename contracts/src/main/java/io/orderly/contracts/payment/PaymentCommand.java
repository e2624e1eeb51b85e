package io.orderly.contracts.payment;

import io.orderly.contracts.Command;

/** A command to the payment-service. */
public sealed interface PaymentCommand extends Command permits ChargePayment, RefundPayment {}
