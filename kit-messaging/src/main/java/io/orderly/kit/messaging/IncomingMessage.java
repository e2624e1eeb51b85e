package io.orderly.kit.messaging;

import io.orderly.contracts.Message;

/** A received message, parsed. */
public record IncomingMessage(Message payload, MessageMetadata metadata) {}
