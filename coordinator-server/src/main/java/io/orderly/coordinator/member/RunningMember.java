package io.orderly.coordinator.member;

import io.orderly.coordinator.log.DataFolder;
import io.orderly.coordinator.node.DiskStorage;
import io.orderly.coordinator.peer.PeerNetwork;
import io.orderly.coordinator.store.StoreListener;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/** A member that runs in this process: its threads, its disk and its connections. */
public final class RunningMember implements AutoCloseable {

    private final DataFolder folder;
    private final MemberThreads threads;
    private final ClusterMember coordinator;

    private RunningMember(DataFolder folder, MemberThreads threads, ClusterMember coordinator) {
        this.folder = folder;
        this.threads = threads;
        this.coordinator = coordinator;
    }

    /**
     * Starts a member.
     *
     * @param folder of this member, just opened; it is closed with the member
     * @param network connects to the other members, and passes what they send to the receiver
     * @param onFailure called once, if the disk or an invariant fails; the process must end without closing the member
     * @throws IOException if the newest snapshot cannot be read
     */
    public static RunningMember start(
            MemberConfiguration configuration,
            MemberSettings settings,
            DataFolder folder,
            Function<PeerNetwork.Receiver, PeerNetwork> network,
            Consumer<Throwable> onFailure)
            throws IOException {
        var inbox = new Inbox(settings.maxPeerMessages());
        var storage = new DiskStorage(folder);
        PeerNetwork peers = network.apply((from, message) -> inbox.offer(new LoopEvent.Arrived(from, message)));
        var loop = new MemberLoop(
                configuration.self(),
                settings,
                storage,
                peers,
                new SplittableRandom(),
                System::currentTimeMillis,
                _ -> {},
                new StoreListener() {});
        var threads = new MemberThreads(loop, storage, inbox, settings, configuration.members(), onFailure);
        threads.start();
        return new RunningMember(
                folder, threads, new ClusterMember(configuration.clusterId(), configuration.self(), threads));
    }

    /** For the APIs. */
    public Coordinator coordinator() {
        return coordinator;
    }

    /** Stops at once. What was acknowledged is durable. */
    @Override
    public void close() throws IOException {
        threads.close();
        folder.close();
    }
}
