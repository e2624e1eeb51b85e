package io.orderly.coordinator.member;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.coordinator.connection.PeerTls;
import io.orderly.coordinator.log.DataFolder;
import io.orderly.coordinator.log.Disk;
import io.orderly.coordinator.log.FolderDisk;
import io.orderly.coordinator.machine.Machine;
import io.orderly.coordinator.peer.Incarnations;
import io.orderly.coordinator.peer.NettyPeerNetwork;
import io.orderly.coordinator.peer.PeerIdentity;
import io.orderly.coordinator.peer.PeerNetwork;
import io.orderly.coordinator.peer.PeerSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The member of this process: its folder, its connections, and its end. */
final class MemberProcess implements AutoCloseable {

    /** The process ended because its disk or an invariant failed. */
    static final int FAILED = 70;

    private static final Logger LOG = LoggerFactory.getLogger(MemberProcess.class);

    private final CoordinatorProperties properties;
    private final PeerSettings peerSettings;
    private final Optional<PeerTls> tls;
    private final MeterRegistry meters;
    private final Machine machine;
    private final FolderDisk lockedFolder;
    private final Disk disk;
    private final RunningMember member;
    private @Nullable NettyPeerNetwork network;

    /**
     * @param tls of the connections to the other members; empty for none
     * @throws IOException if the folder is unusable, or the peer address cannot be bound
     */
    MemberProcess(
            CoordinatorProperties properties,
            PeerSettings peerSettings,
            Optional<PeerTls> tls,
            Machine machine,
            MeterRegistry meters)
            throws IOException {
        this.properties = properties;
        this.peerSettings = peerSettings;
        this.tls = tls;
        this.machine = machine;
        this.meters = meters;
        properties.warnings(Runtime.getRuntime().maxMemory()).forEach(LOG::warn);
        lockedFolder = FolderDisk.take(properties.data());
        disk = machine.disk(lockedFolder);
        try {
            member = start();
        } catch (IOException | RuntimeException e) {
            closeNetwork();
            lockedFolder.close();
            throw e;
        }
    }

    private RunningMember start() throws IOException {
        DataFolder folder = folder();
        var configuration =
                new MemberConfiguration(properties.clusterId(), properties.self(), properties.knownMembers());
        return RunningMember.start(
                configuration,
                properties.settings(),
                folder,
                receiver -> connect(folder.incarnation(), receiver),
                machine.wallClock(),
                meters,
                MemberProcess::fail);
    }

    /** Creates the folder if it does not exist. If this member had one before, the others know its incarnation, and refuse the new one. */
    private DataFolder folder() throws IOException {
        if (!DataFolder.exists(disk)) {
            LOG.info("creating the data folder {} of member {}", disk, properties.self());
            new NewFolder(disk, properties).create(new SecureRandom().nextLong());
        }
        return DataFolder.open(disk, properties.identity(), properties.log());
    }

    private PeerNetwork connect(long incarnation, PeerNetwork.Receiver receiver) throws IOException {
        InetSocketAddress address = Addresses.of(properties.peerAddress());
        network = NettyPeerNetwork.start(
                new PeerIdentity(
                        properties.clusterUuid(), properties.self(), incarnation, properties.advertisedAddress()),
                new InetSocketAddress(address.getHostString(), address.getPort()),
                Incarnations.open(disk),
                RoutedNetwork.routed(
                        new MemberDirectory(properties.knownMembers()).peers(properties.self()), properties.routes()),
                receiver,
                peerSettings,
                tls,
                meters);
        return new RoutedNetwork(network, properties.routes());
    }

    /** After a failed write or a violated invariant, the state of this process must not be used. */
    private static void fail(Throwable failure) {
        LOG.error("the member has failed, and the process ends with code {}", FAILED, failure);
        Runtime.getRuntime().halt(FAILED);
    }

    RunningMember member() {
        return member;
    }

    @Override
    public void close() throws IOException {
        member.handOver(properties.shutdownTimeout());
        member.close();
        closeNetwork();
        lockedFolder.close();
    }

    private void closeNetwork() {
        if (network != null) {
            network.close();
        }
    }
}
