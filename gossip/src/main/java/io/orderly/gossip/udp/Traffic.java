package io.orderly.gossip.udp;

import java.util.concurrent.atomic.LongAdder;

/** Counts datagrams and their bytes, without the headers of UDP. Thread-safe. */
public final class Traffic {

    private final LongAdder sentMessages = new LongAdder();
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder receivedMessages = new LongAdder();
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAdder sendFailures = new LongAdder();

    void sent(int bytes) {
        sentMessages.increment();
        sentBytes.add(bytes);
    }

    void received(int bytes) {
        receivedMessages.increment();
        receivedBytes.add(bytes);
    }

    void sendFailed() {
        sendFailures.increment();
    }

    public long sentMessages() {
        return sentMessages.sum();
    }

    public long sentBytes() {
        return sentBytes.sum();
    }

    public long receivedMessages() {
        return receivedMessages.sum();
    }

    public long receivedBytes() {
        return receivedBytes.sum();
    }

    /** Datagrams that the operating system did not take. */
    public long sendFailures() {
        return sendFailures.sum();
    }
}
