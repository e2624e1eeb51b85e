package io.orderly.gossip.message;

/** The first byte of a message's content: the position of the constant. */
enum MessageType {
    PING,
    ACK,
    PING_REQUEST,
    DIGEST,
    DELTA;

    static MessageType of(Message message) {
        return switch (message) {
            case Message.Ping _ -> PING;
            case Message.Ack _ -> ACK;
            case Message.PingRequest _ -> PING_REQUEST;
            case Message.Digest _ -> DIGEST;
            case Message.Delta _ -> DELTA;
        };
    }
}
