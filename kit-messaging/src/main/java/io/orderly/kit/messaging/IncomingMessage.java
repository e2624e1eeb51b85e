package io.orderly.kit.messaging;

import io.orderly.contracts.Message;

/** A message as it was received. */
public record IncomingMessage(Message payload, MessageMetadata metadata) {}
