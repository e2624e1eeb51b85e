package io.orderly.coordinator.peer;

import io.micrometer.core.instrument.Counter;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.orderly.coordinator.consensus.NodeId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two connections that this member dials to a peer. If one breaks, both are closed and dialled again, so that no member receives
 * heartbeats from a leader whose batches do not arrive.
 *
 * <p>Its state belongs to one event loop; {@link #send}, {@link #flush}, {@link #start} and {@link #close} are called by any thread.
 */
final class PeerLink {

    private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);

    private final Endpoint endpoint;
    private final NodeId peer;
    private final InetSocketAddress address;
    private final Bootstrap bootstrap;
    private final EventLoop loop;
    private final Backoff backoff;
    private final Counter connects;
    private final Outbox urgent;
    private final Outbox bulk;

    private @Nullable Attempt current;
    private volatile boolean isClosed;

    /** @param bootstrap without a handler; its options hold for both connections */
    PeerLink(Endpoint endpoint, NodeId peer, InetSocketAddress address, Bootstrap bootstrap, EventLoop loop) {
        this.endpoint = endpoint;
        this.peer = peer;
        this.address = address;
        this.bootstrap = bootstrap;
        this.loop = loop;
        PeerSettings settings = endpoint.settings();
        backoff = new Backoff(settings.minBackoff(), settings.maxBackoff(), endpoint.random());
        connects = endpoint.metrics().connects(peer);
        urgent = new Outbox(peer, settings.maxWaitingBytes(), endpoint.metrics());
        bulk = new Outbox(peer, settings.maxWaitingBytes(), endpoint.metrics());
    }

    InetSocketAddress address() {
        return address;
    }

    void start() {
        onLoop(this::dial);
    }

    /** As {@link PeerNetwork#send}; the message leaves with {@link #flush}. */
    boolean send(PeerMessage message) {
        int size = PeerCodec.sizeOf(message);
        return outbox(Lane.of(message, size)).send(message, size);
    }

    void flush() {
        urgent.flush();
        bulk.flush();
    }

    void close() {
        isClosed = true;
        onLoop(() -> {
            if (current != null) {
                current.end();
            }
        });
    }

    /** The approximate number of bytes that wait to be sent. */
    long waitingBytes() {
        return urgent.waitingBytes() + bulk.waitingBytes();
    }

    private String name() {
        return address.getHostString() + ":" + address.getPort();
    }

    boolean isConnected() {
        return urgent.isConnected() && bulk.isConnected();
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // the network is closed, and with it this link
        }
    }

    private Outbox outbox(Lane lane) {
        return switch (lane) {
            case URGENT -> urgent;
            case BULK -> bulk;
        };
    }

    /** Resolves the name on another thread, since that can take seconds, and again for each attempt, since a member can move. */
    private void dial() {
        if (isClosed) {
            return;
        }
        Thread.ofVirtual().name("resolve-" + address.getHostString()).start(() -> {
            try {
                var found = new InetSocketAddress(InetAddress.getByName(address.getHostString()), address.getPort());
                onLoop(() -> connect(found));
            } catch (UnknownHostException e) {
                onLoop(() -> retryLater("its name is not known"));
            }
        });
    }

    private void connect(InetSocketAddress found) {
        if (!isClosed) {
            current = new Attempt();
            current.begin(found);
        }
    }

    private void retryLater(String reason) {
        if (isClosed) {
            return;
        }
        endpoint.refusals().warn("%s at %s is not connected: %s".formatted(peer, name(), reason));
        loop.schedule(this::dial, backoff.next().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Two connections, until the first of them fails. */
    private final class Attempt implements DialledConnection.Owner {

        private final Map<Lane, Channel> open = new EnumMap<>(Lane.class);
        private final List<Channel> channels = new ArrayList<>();
        private boolean hasEnded;

        void begin(InetSocketAddress found) {
            for (Lane lane : Lane.values()) {
                ChannelFuture connecting = bootstrap
                        .clone()
                        .handler(new Pipeline(
                                allocator -> endpoint.tls()
                                        .map(tls ->
                                                tls.dialling(allocator, address.getHostString(), address.getPort())),
                                Handshake.MAX_BYTES,
                                () -> new DialledConnection(endpoint, peer, lane, this)))
                        .connect(found);
                channels.add(connecting.channel());
                connecting.addListener(done -> {
                    if (!done.isSuccess()) {
                        failed(Reasons.of(done.cause()));
                    }
                });
            }
        }

        @Override
        public void opened(Lane lane, Channel channel) {
            onLoop(() -> {
                open.put(lane, channel);
                if (!hasEnded && open.size() == Lane.values().length) {
                    open.forEach((each, its) -> outbox(each).attach(its));
                    backoff.reset();
                    connects.increment();
                    LOG.info("{} at {} is connected", peer, name());
                }
            });
        }

        @Override
        public void failed(String reason) {
            onLoop(() -> {
                if (!hasEnded) {
                    end();
                    retryLater(reason);
                }
            });
        }

        @Override
        public void writable(Lane lane) {
            outbox(lane).drain();
        }

        void end() {
            hasEnded = true;
            urgent.detach();
            bulk.detach();
            channels.forEach(Channel::close);
        }
    }
}
