package io.orderly.contracts.reply;

import io.orderly.contracts.OrderMessage;

/** A participant's answer to the saga. */
public sealed interface Reply extends OrderMessage
        permits StepCompleted, StepDeclined, StepRefused, CommandDeadLettered {}
