package io.orderly.coordinator.member;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.log.DataFolder;
import io.orderly.coordinator.node.DiskStorage;
import io.orderly.coordinator.peer.PeerNetwork;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.StoreListener;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A member that runs in this process: its threads, its disk and its connections. */
public final class RunningMember implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningMember.class);

    private final DataFolder folder;
    private final MemberThreads threads;
    private final ClusterMember coordinator;

    /** Creates the connections of a member. */
    @FunctionalInterface
    public interface NetworkFactory {

        /** @param receiver receives the messages of other members from now on */
        PeerNetwork connect(PeerNetwork.Receiver receiver) throws IOException;
    }

    private RunningMember(DataFolder folder, MemberThreads threads, ClusterMember coordinator) {
        this.folder = folder;
        this.threads = threads;
        this.coordinator = coordinator;
    }

    /**
     * Starts a member.
     *
     * @param folder of this member, just opened; it is closed with the member
     * @param network connects to the other members, and passes their messages to the receiver
     * @param wallClock for timestamps
     * @param onFailure called once, if the disk or an invariant fails; the process must end without closing the member
     * @throws IOException if the newest snapshot cannot be read, or the network not be served
     */
    public static RunningMember start(
            MemberConfiguration configuration,
            MemberSettings settings,
            DataFolder folder,
            NetworkFactory network,
            InstantSource wallClock,
            MeterRegistry meters,
            Consumer<Throwable> onFailure)
            throws IOException {
        var metrics = new MemberMetrics(meters);
        metrics.recovered(folder.recovery());
        var inbox = new Inbox(settings.maxPeerMessages());
        var storage = new DiskStorage(folder, settings.diskReserveBytes());
        storage.measure();
        PeerNetwork peers = network.connect((from, message) -> {
            if (!inbox.offer(new LoopEvent.Arrived(from, message))) {
                metrics.dropped();
            }
        });
        var loop = new MemberLoop(
                configuration.self(),
                configuration.members(),
                settings,
                storage,
                peers,
                new SplittableRandom(),
                wallClock::millis,
                metrics::stepped,
                new StoreListener() {});
        var threads = new MemberThreads(loop, folder, storage, inbox, settings, metrics, failure -> {
            metrics.failed(failure);
            onFailure.accept(failure);
        });
        metrics.observe(threads);
        threads.start();
        return new RunningMember(
                folder,
                threads,
                new ClusterMember(
                        configuration.clusterId(),
                        configuration.self(),
                        settings.consensus().maxCommandBytes(),
                        wallClock,
                        threads));
    }

    /** For the APIs. */
    public Coordinator coordinator() {
        return coordinator;
    }

    MemberThreads threads() {
        return threads;
    }

    /** Transfers leadership to another voter, if this member leads, so that clients need not wait for an election. */
    void handOver(Duration atMost) {
        Status status = coordinator.status();
        List<NodeId> others = status.membership().voters().stream()
                .filter(voter -> !voter.equals(coordinator.self()))
                .toList();
        if (status.role() != Status.Role.LEADER || others.isEmpty()) {
            return;
        }
        for (NodeId target : others) {
            try {
                Reply<NodeId> reply = coordinator
                        .transferLeadership(target)
                        .get(atMost.toNanos() / others.size(), TimeUnit.NANOSECONDS);
                LOG.info("transfer of leadership to {}: {}", target, reply);
                if (reply instanceof Reply.Completed) {
                    return;
                }
            } catch (ExecutionException | TimeoutException e) {
                LOG.warn("leadership was not transferred to {}", target, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Stops at once. Acknowledged commands are durable. */
    @Override
    public void close() throws IOException {
        threads.close();
        folder.close();
    }
}
