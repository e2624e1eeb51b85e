package io.orderly.coordinator.peer;

import io.micrometer.core.instrument.Counter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.orderly.coordinator.consensus.NodeId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages that wait to be sent on one connection to a peer. They are encoded by the thread of the connection, and only as fast as the
 * connection accepts them: until then, a message costs only a reference to data that the log has in memory anyway. All messages of one turn
 * of the thread are sent with one system call.
 *
 * <p>Thread-safe, with the exceptions named at the methods.
 */
final class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final NodeId peer;
    private final long maxBytes;
    private final Counter sent;
    private final Map<PeerMetrics.Drop, Counter> dropped = new EnumMap<>(PeerMetrics.Drop.class);

    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicBoolean draining = new AtomicBoolean();

    /** Null while there is no connection. */
    private volatile @Nullable Channel channel;

    private record Waiting(PeerMessage message, int size) {}

    Outbox(NodeId peer, long maxBytes, PeerMetrics metrics) {
        this.peer = peer;
        this.maxBytes = maxBytes;
        sent = metrics.sentBytes(peer);
        for (PeerMetrics.Drop reason : PeerMetrics.Drop.values()) {
            dropped.put(reason, metrics.dropped(peer, reason));
        }
    }

    /** The approximate number of waiting bytes. */
    long waitingBytes() {
        return waitingBytes.get();
    }

    boolean isConnected() {
        return channel != null;
    }

    /**
     * Takes a message to be sent, if there is a connection and room.
     *
     * @param size as returned by {@link PeerCodec#sizeOf}
     * @return false if it was dropped
     */
    boolean send(PeerMessage message, int size) {
        Channel open = channel;
        if (open == null) {
            count(PeerMetrics.Drop.NOT_CONNECTED);
            return false;
        }
        if (waitingBytes.addAndGet(size) > maxBytes) {
            waitingBytes.addAndGet(-size);
            count(PeerMetrics.Drop.FULL);
            return false;
        }
        queue.add(new Waiting(message, size));
        return true;
    }

    /** Sends what was taken. */
    void flush() {
        Channel open = channel;
        if (open != null && !queue.isEmpty() && draining.compareAndSet(false, true)) {
            open.eventLoop().execute(this::drain);
        }
    }

    /** Sends waiting messages on this channel from now on. */
    void attach(Channel open) {
        channel = open;
        open.eventLoop().execute(this::drain);
    }

    /** The channel is closed: waiting messages are dropped; the protocol repeats those that are still needed. */
    void detach() {
        channel = null;
        dropAll();
    }

    private void dropAll() {
        Waiting next = queue.poll();
        while (next != null) {
            waitingBytes.addAndGet(-next.size);
            count(PeerMetrics.Drop.NOT_CONNECTED);
            next = queue.poll();
        }
    }

    /** Called on the thread of the channel, when messages wait or when the channel can accept more. */
    void drain() {
        draining.set(false);
        Channel open = channel;
        if (open == null) {
            dropAll();
            return;
        }
        if (!open.eventLoop().inEventLoop()) {
            // the task of a connection that has been replaced
            open.eventLoop().execute(this::drain);
            return;
        }
        boolean hasWritten = false;
        while (open.isWritable()) {
            Waiting next = queue.poll();
            if (next == null) {
                break;
            }
            hasWritten |= write(open, next);
        }
        if (hasWritten) {
            open.flush();
        }
    }

    private boolean write(Channel open, Waiting next) {
        ByteBuf frame;
        try {
            frame = Frame.of(open.alloc(), next.size, target -> PeerCodec.encode(next.message, target));
        } catch (IllegalArgumentException e) {
            waitingBytes.addAndGet(-next.size);
            count(PeerMetrics.Drop.TOO_LARGE);
            LOG.error("a message to {} cannot be encoded", peer, e);
            return false;
        }
        int bytes = frame.readableBytes();
        if (bytes > Frame.HEAD_BYTES + PeerCodec.MAX_BYTES) {
            frame.release();
            waitingBytes.addAndGet(-next.size);
            count(PeerMetrics.Drop.TOO_LARGE);
            LOG.error("a message of {} bytes to {} is larger than the limit of all members", bytes, peer);
            return false;
        }
        ChannelFuture written = open.write(frame);
        written.addListener(done -> {
            waitingBytes.addAndGet(-next.size);
            if (done.isSuccess()) {
                sent.increment(bytes);
            } else {
                count(PeerMetrics.Drop.NOT_CONNECTED);
            }
        });
        return true;
    }

    private void count(PeerMetrics.Drop reason) {
        Counter counter = dropped.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }
}
