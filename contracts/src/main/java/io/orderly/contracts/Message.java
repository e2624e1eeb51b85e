package io.orderly.contracts;

/** A message that crosses a service border. */
public interface Message {

    /** The Kafka key: messages with the same key are delivered in the order in which they were first sent. */
    String key();
}
