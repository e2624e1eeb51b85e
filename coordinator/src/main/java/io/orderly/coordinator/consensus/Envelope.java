package io.orderly.coordinator.consensus;

/**
 * A message on its way out.
 *
 * @param to never the sender itself
 * @param message what it says
 * @param after the persist point that must be durable before this leaves the node; if it already is, send at once
 */
public record Envelope(NodeId to, Message message, long after) {}
