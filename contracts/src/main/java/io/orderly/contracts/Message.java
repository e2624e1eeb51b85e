package io.orderly.contracts;

/** A message between services. */
public interface Message {

    /** The Kafka key: messages with the same key are delivered in the order in which they were first sent. */
    String key();
}
