package io.orderly.contracts.reply;

import io.orderly.contracts.OrderMessage;

/** What a participant tells the saga. */
public sealed interface Reply extends OrderMessage permits StepReply, CommandDeadLettered {}
