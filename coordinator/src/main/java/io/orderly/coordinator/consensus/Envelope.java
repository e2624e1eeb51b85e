package io.orderly.coordinator.consensus;

/**
 * A message to be sent.
 *
 * @param to never the sender itself
 * @param message its content
 * @param after the persist point that must be durable before this is sent; if it already is, send at once
 */
public record Envelope(NodeId to, Message message, long after) {}
