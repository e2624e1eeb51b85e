package io.orderly.coordinator.etcd;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the connections of a port. If there are as many as allowed, a new one takes the place of the oldest that has not sent
 * anything; if all of them have, the new one is closed. A handler of the channel that accepts connections. Thread-safe.
 */
@ChannelHandler.Sharable
final class ConnectionLimit extends ChannelInboundHandlerAdapter {

    private final int max;
    private final Set<Channel> open = new HashSet<>();

    /** Those of them that have not sent anything, oldest first. */
    private final Set<Channel> silent = new LinkedHashSet<>();

    private final AtomicLong closed = new AtomicLong();

    ConnectionLimit(int max) {
        this.max = max;
    }

    /** How many connections are open. */
    synchronized int open() {
        return open.size();
    }

    /** How many connections were closed because of the limit. */
    long closed() {
        return closed.get();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        Channel channel = (Channel) accepted;
        if (!admit(channel)) {
            closed.incrementAndGet();
            channel.unsafe().closeForcibly();
            return;
        }
        channel.pipeline().addLast(new FirstBytes());
        channel.closeFuture().addListener(_ -> forget(channel));
        context.fireChannelRead(channel);
    }

    private boolean admit(Channel channel) {
        Channel oldest = null;
        synchronized (this) {
            if (open.size() >= max) {
                oldest = oldestSilent();
                if (oldest == null) {
                    return false;
                }
                forget(oldest);
            }
            open.add(channel);
            silent.add(channel);
        }
        if (oldest != null) {
            closed.incrementAndGet();
            close(oldest);
        }
        return true;
    }

    /** At once, without the farewell of HTTP/2: its descriptor is needed for the new one. */
    private static void close(Channel silent) {
        silent.eventLoop().execute(() -> silent.unsafe().close(silent.voidPromise()));
    }

    private @Nullable Channel oldestSilent() {
        Iterator<Channel> first = silent.iterator();
        return first.hasNext() ? first.next() : null;
    }

    private synchronized void forget(Channel channel) {
        open.remove(channel);
        silent.remove(channel);
    }

    private synchronized void spoke(Channel channel) {
        silent.remove(channel);
    }

    /** Notices the first bytes of a connection, and costs the others nothing. */
    private final class FirstBytes extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            spoke(context.channel());
            context.pipeline().remove(this);
            context.fireChannelRead(bytes);
        }
    }
}
