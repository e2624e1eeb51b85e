package io.orderly.kit.members;

import io.orderly.gossip.member.MemberDescription;
import io.orderly.gossip.member.MemberState;
import io.orderly.gossip.protocol.GossipSettings;
import io.orderly.gossip.protocol.View;
import io.orderly.gossip.udp.GossipListener;
import io.orderly.gossip.udp.GossipNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Joins the other members when the web server has its port, before the instance takes messages of Kafka, and leaves before it stops to accept
 * requests, so that the others do not send requests to an instance that stops.
 */
final class Membership implements SmartLifecycle, GossipListener, KnownMembers {

    private static final Logger log = LoggerFactory.getLogger(Membership.class);

    /** Above that of the web server and that of its graceful shutdown, so that it starts after them and stops before them. */
    private static final int PHASE = DEFAULT_PHASE - 512;

    private final Instance instance;
    private final IntSupplier httpPort;
    private final IntSupplier load;
    private volatile @Nullable GossipNode node;
    private volatile boolean running;

    /** Completed when it is known whether a live process has the id: with that process, or empty. */
    private final CompletableFuture<Optional<MemberDescription>> duplicate = new CompletableFuture<>();

    /**
     * @param httpPort of the web server; asked after it started
     * @param load requests in progress
     */
    Membership(Instance instance, IntSupplier httpPort, IntSupplier load) {
        this.instance = instance;
        this.httpPort = httpPort;
        this.load = load;
    }

    String id() {
        return instance.id();
    }

    String service() {
        return instance.service();
    }

    /** The node, also after it stopped; empty before its start. */
    Optional<GossipNode> node() {
        return Optional.ofNullable(node);
    }

    @Override
    public View view() {
        return node().map(GossipNode::view).orElseGet(() -> new View(id(), List.of()));
    }

    /**
     * @throws IllegalStateException if the address cannot be bound or is not valid; the service does not start then
     * @throws DuplicateMemberException if a live process with the id is found in time; the service does not start then
     */
    @Override
    public void start() {
        GossipSettings settings =
                GossipSettings.DEFAULT.withPeriod(instance.properties().period());
        try {
            running = true;
            GossipNode started = GossipNode.start(settings, instance.addresses(httpPort.getAsInt()), load, this);
            node = started;
            log.info("Member {} receives gossip at {}", id(), MemberView.text(started.address()));
        } catch (IOException | IllegalArgumentException e) {
            running = false;
            throw new IllegalStateException("Cannot gossip as %s: %s".formatted(id(), e.getMessage()), e);
        }
        duplicate
                .completeOnTimeout(
                        Optional.empty(), instance.properties().joinTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .join()
                .ifPresent(other -> {
                    throw new DuplicateMemberException(id(), other);
                });
    }

    @Override
    public void stop() {
        node().ifPresent(GossipNode::close);
        running = false;
    }

    /** Whether this instance is a member: it started, did not stop, and no other process has its id. */
    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public void changed(@Nullable MemberState before, @Nullable MemberState after) {
        if (after != null && (before == null || before.liveness() != after.liveness())) {
            log.info(
                    "Member {} at {} is {}",
                    after.id(),
                    after.record().description().httpUrl(),
                    after.liveness());
        }
    }

    @Override
    public void joined() {
        duplicate.complete(Optional.empty());
    }

    @Override
    public void conflict(MemberDescription other) {
        running = false;
        if (duplicate.complete(Optional.of(other))) {
            return; // the start fails
        }
        log.error(
                "The process at {} has the id {} and started earlier. This instance serves requests, but is no member:"
                        + " others do not see it, and its view does not change any more",
                MemberView.text(other.gossipAddress()),
                id());
    }
}
