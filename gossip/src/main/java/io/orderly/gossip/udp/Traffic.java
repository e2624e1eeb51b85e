package io.orderly.gossip.udp;

import java.util.concurrent.atomic.LongAdder;

/** Counts datagrams and their bytes, without the headers of UDP. Thread-safe. */
public final class Traffic {

    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAdder sendFailures = new LongAdder();

    void sent(int bytes) {
        sentBytes.add(bytes);
    }

    void received(int bytes) {
        receivedBytes.add(bytes);
    }

    void sendFailed() {
        sendFailures.increment();
    }

    public long sentBytes() {
        return sentBytes.sum();
    }

    public long receivedBytes() {
        return receivedBytes.sum();
    }

    /** Datagrams that the operating system did not take. */
    public long sendFailures() {
        return sendFailures.sum();
    }
}
