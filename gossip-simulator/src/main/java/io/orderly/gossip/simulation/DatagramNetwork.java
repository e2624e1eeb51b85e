package io.orderly.gossip.simulation;

import io.orderly.clock.VirtualTime;
import io.orderly.gossip.message.MalformedMessageException;
import io.orderly.gossip.message.Message;
import io.orderly.gossip.message.MessageCodec;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Delivers datagrams after random delays, in any order, unless they are lost or cross the border of a partition. */
final class DatagramNetwork {

    private static final long DELAY_MICROS_MIN = 200;

    /** Takes what arrives at an address. */
    @FunctionalInterface
    interface Receiver {
        void receive(InetSocketAddress from, InetSocketAddress to, Message message);
    }

    private final VirtualTime time;
    private final RandomGenerator random;
    private final MessageCodec codec;
    private final Receiver receiver;
    private final Map<InetSocketAddress, Integer> sides = new HashMap<>();
    private double loss;
    private long delayMicrosMax = 2_000;
    private boolean digestsSuppressed;
    private int bytesMax;
    private long messages;

    DatagramNetwork(VirtualTime time, RandomGenerator random, MessageCodec codec, Receiver receiver) {
        this.time = time;
        this.random = random;
        this.codec = codec;
        this.receiver = receiver;
    }

    /** @param share of messages that do not arrive */
    void lose(double share) {
        loss = share;
    }

    /** Delivers no more version vectors, so that members learn from news only. */
    void suppressDigests() {
        digestsSuppressed = true;
    }

    void delayUpTo(long micros) {
        delayMicrosMax = micros;
    }

    /** Puts an address on a side of a partition; all are on side 0 otherwise. */
    void moveTo(int side, InetSocketAddress address) {
        sides.put(address, side);
    }

    void heal() {
        sides.clear();
    }

    void send(InetSocketAddress from, InetSocketAddress to, Message message) {
        byte[] bytes = codec.encode(message);
        bytesMax = Math.max(bytesMax, bytes.length);
        messages++;
        if (digestsSuppressed && message instanceof Message.Digest) {
            return;
        }
        if (!sides.getOrDefault(from, 0).equals(sides.getOrDefault(to, 0)) || random.nextDouble() < loss) {
            return;
        }
        time.after(random.nextLong(DELAY_MICROS_MIN, delayMicrosMax), () -> receiver.receive(from, to, decode(bytes)));
    }

    /** The longest datagram so far, in bytes. */
    int bytesMax() {
        return bytesMax;
    }

    long messages() {
        return messages;
    }

    private Message decode(byte[] bytes) {
        try {
            return codec.decode(ByteBuffer.wrap(bytes));
        } catch (MalformedMessageException e) {
            throw new IllegalStateException("A message cannot be read again", e);
        }
    }
}
