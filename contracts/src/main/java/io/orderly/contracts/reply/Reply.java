package io.orderly.contracts.reply;

import io.orderly.contracts.OrderMessage;

/** A reply of a participant to the saga. */
public sealed interface Reply extends OrderMessage permits StepReply, CommandDeadLettered {}
