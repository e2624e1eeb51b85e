package io.orderly.gossip.udp;

import io.orderly.gossip.message.MalformedMessageException;
import io.orderly.gossip.message.Message;
import io.orderly.gossip.message.MessageCodec;
import io.orderly.gossip.message.WireSize;
import io.orderly.gossip.protocol.Counters;
import io.orderly.gossip.protocol.Effect;
import io.orderly.gossip.protocol.GossipMember;
import io.orderly.gossip.protocol.GossipSettings;
import io.orderly.gossip.protocol.Refusal;
import io.orderly.gossip.protocol.View;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running member: reads datagrams, lets time pass by the monotonic clock, and sends. Everything happens on one thread; view and counters
 * may be read from any.
 */
public final class GossipNode implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GossipNode.class);

    /** How many datagrams are read before time passes, so that a flood does not stop the clock. */
    private static final int READS_MAX = 256;

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

    private enum Stop {
        NO,
        LEAVE,
        SILENTLY
    }

    /** What the member saw and counted at one time. */
    private record Snapshot(long takenAtMillis, View view, Counters counters) {}

    private final GossipMember member;
    private final MessageCodec codec;
    private final IntSupplier load;
    private final GossipListener listener;
    private final DatagramChannel channel;
    private final Selector selector;
    private final InetSocketAddress address;
    private final Traffic traffic = new Traffic();
    private final Thread thread;
    private volatile Snapshot snapshot;
    private volatile Stop stop = Stop.NO;

    /** The member joins as soon as its seeds are resolved, and not only with the next period. */
    private volatile boolean mayJoin;

    private boolean hasJoined;

    private GossipNode(
            GossipSettings settings,
            NodeAddresses addresses,
            IntSupplier load,
            GossipListener listener,
            DatagramChannel channel,
            Selector selector)
            throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.load = load;
        this.listener = listener;
        this.address = (InetSocketAddress) channel.getLocalAddress();
        this.codec = new MessageCodec(addresses.cluster());
        InstantSource wallClock = InstantSource.system();
        var seeds = new SeedAddresses(addresses.seeds(), this::seedsResolved);
        this.member = new GossipMember(
                settings,
                addresses.cluster(),
                addresses.describe(address, wallClock.millis()),
                seeds::get,
                wallClock,
                // nonces must not be foreseeable
                new SecureRandom(),
                nowMillis());
        this.snapshot = takeSnapshot();
        this.thread =
                Thread.ofPlatform().name("gossip-" + addresses.id()).daemon().unstarted(this::run);
    }

    /**
     * Starts a node.
     *
     * @param load requests in progress; asked once per period
     * @throws IOException if the address cannot be bound
     */
    public static GossipNode start(
            GossipSettings settings, NodeAddresses addresses, IntSupplier load, GossipListener listener)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            Selector selector = Selector.open();
            try {
                channel.bind(addresses.bind());
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ);
                var node = new GossipNode(settings, addresses, load, listener, channel, selector);
                node.thread.start();
                return node;
            } catch (IOException | RuntimeException e) {
                selector.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The address that this node bound. */
    public InetSocketAddress address() {
        return address;
    }

    /** The members as of the end of the last step, with their ages until now. */
    public View view() {
        Snapshot last = snapshot;
        return last.view().later(nowMillis() - last.takenAtMillis());
    }

    /** The counters, as of the end of the last step; they do not change. */
    public Counters counters() {
        return snapshot.counters();
    }

    public Traffic traffic() {
        return traffic;
    }

    /** Announces that this member leaves, and stops. */
    @Override
    public void close() {
        stop(Stop.LEAVE);
    }

    /** Stops without an announcement, as if the process were killed. */
    public void kill() {
        stop(Stop.SILENTLY);
    }

    private void stop(Stop how) {
        if (stop == Stop.NO) {
            stop = how;
        }
        selector.wakeup();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(STOP_TIMEOUT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void seedsResolved() {
        mayJoin = true;
        selector.wakeup();
    }

    private void run() {
        try (channel;
                selector) {
            while (stop == Stop.NO) {
                long waitMillis = member.nextTickMillis() - nowMillis();
                if (waitMillis > 0) {
                    selector.select(waitMillis);
                } else {
                    selector.selectNow();
                }
                selector.selectedKeys().clear();
                step();
            }
            if (stop == Stop.LEAVE) {
                perform(member.leave(nowMillis()));
                snapshot = takeSnapshot();
            }
        } catch (IOException e) {
            log.error("Gossip stopped: the socket at {} failed", address, e);
        }
    }

    private void step() {
        try {
            read();
            member.announceLoad(load.getAsInt());
            perform(member.tick(nowMillis()));
            if (mayJoin && !hasJoined) {
                hasJoined = true;
                perform(member.join());
            }
            snapshot = takeSnapshot();
        } catch (IOException e) {
            log.warn("Could not read from the socket at {}", address, e);
        } catch (RuntimeException e) {
            log.error("A step of gossip failed", e);
        }
    }

    private void read() throws IOException {
        // one byte more than allowed, so that a longer datagram is recognized
        ByteBuffer buffer = ByteBuffer.allocate(WireSize.MESSAGE_MAX + 1);
        for (int i = 0; i < READS_MAX && stop == Stop.NO; i++) {
            SocketAddress from = channel.receive(buffer.clear());
            if (from == null) {
                return;
            }
            traffic.received(buffer.flip().remaining());
            receive((InetSocketAddress) from, buffer);
        }
    }

    private void receive(InetSocketAddress from, ByteBuffer datagram) {
        try {
            perform(member.receive(from, codec.decode(datagram), nowMillis()));
        } catch (MalformedMessageException e) {
            member.refused(e.isForeign() ? Refusal.FOREIGN : Refusal.MALFORMED);
            log.debug("Refused a datagram from {}: {}", from, e.getMessage());
        }
    }

    private void perform(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Send send -> send(send.to(), send.message());
                case Effect.Changed changed -> listener.changed(changed.before(), changed.after());
                case Effect.Joined _ -> listener.joined();
                case Effect.IdentityConflict conflict -> {
                    stop = Stop.SILENTLY;
                    listener.conflict(conflict.other());
                }
            }
        }
    }

    private void send(InetSocketAddress to, Message message) {
        byte[] bytes = codec.encode(message);
        try {
            if (channel.send(ByteBuffer.wrap(bytes), to) == bytes.length) {
                traffic.sent(bytes.length);
            } else {
                traffic.sendFailed();
            }
        } catch (IOException e) {
            traffic.sendFailed();
            log.debug("Could not send to {}", to, e);
        }
    }

    private Snapshot takeSnapshot() {
        long nowMillis = nowMillis();
        return new Snapshot(nowMillis, member.view(nowMillis), member.counters().copy());
    }

    private static long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
