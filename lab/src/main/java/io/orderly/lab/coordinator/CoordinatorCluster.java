package io.orderly.lab.coordinator;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.orderly.backends.process.ProcessSpec.StopSignal;
import io.orderly.coordinator.api.etcd.StatusResponse;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.ProcessFolder;
import io.orderly.stack.process.ProcessPlan;
import io.orderly.stack.process.Supervisor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Three members in processes of their own, on free ports. They stop with their owner. */
public final class CoordinatorCluster implements AutoCloseable {

    private static final int MEMBERS = 3;
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(50);

    private final ServerProgram program;
    private final DataFolder data;
    private final PeerLinks links;
    private final Supervisor supervisor;
    private final List<ClusterMember> members;
    private final List<String> unexpectedExits;
    private final Thread stopAtExit;

    private CoordinatorCluster(
            ServerProgram program,
            DataFolder data,
            PeerLinks links,
            Supervisor supervisor,
            List<ClusterMember> members,
            List<String> unexpectedExits) {
        this.program = program;
        this.data = data;
        this.links = links;
        this.supervisor = supervisor;
        this.members = members;
        this.unexpectedExits = unexpectedExits;
        this.stopAtExit = new Thread(supervisor::stop, "stop the cluster");
        Runtime.getRuntime().addShutdownHook(stopAtExit);
    }

    /**
     * Starts members without data and with direct connections, and returns when there is a leader.
     *
     * @param folder for their data; data of an earlier run is deleted
     * @throws ProcessFailure if they cannot be started
     */
    public static CoordinatorCluster start(ServerProgram program, Path folder) throws InterruptedException {
        List<MemberPorts> ports = MemberPorts.free(MEMBERS);
        return start(program, folder, ports, PeerRoutes.DIRECT, new PeerLinks(List.of(), false, 0));
    }

    /**
     * Like {@link #start(ServerProgram, Path)}, with proxies between the members.
     *
     * @param seed of the proxies
     */
    public static CoordinatorCluster startBehindProxies(ServerProgram program, Path folder, long seed)
            throws InterruptedException {
        List<MemberPorts> ports = MemberPorts.free(MEMBERS);
        PeerLinks links = new PeerLinks(ports, program.hasRoutePerPair(), seed);
        return start(program, folder, ports, links, links);
    }

    private static CoordinatorCluster start(
            ServerProgram program, Path folder, List<MemberPorts> ports, PeerRoutes routes, PeerLinks links)
            throws InterruptedException {
        DataFolder data = DataFolder.take(folder);
        data.empty();
        ProcessFolder processes = data.processes();
        List<ProcessPlan> plans = ports.stream()
                .map(member -> new ProcessPlan(
                        member.name(),
                        List.of(),
                        member.client(),
                        "",
                        () -> program.command(member, ports, data.of(member.name()), routes),
                        Map.of(),
                        StopSignal.TERM,
                        program.readiness(member),
                        () -> {}))
                .toList();
        List<String> unexpectedExits = new CopyOnWriteArrayList<>();
        Supervisor supervisor = new Supervisor(plans, processes, listener(unexpectedExits));
        List<ClusterMember> members = ports.stream()
                .map(member -> new ClusterMember(
                        member,
                        supervisor.process(member.name()),
                        channel(member.client()),
                        program.faults(data.of(member.name()))))
                .toList();
        var cluster = new CoordinatorCluster(program, data, links, supervisor, members, unexpectedExits);
        try {
            supervisor.start(START_TIMEOUT);
            cluster.awaitLeader(START_TIMEOUT);
            return cluster;
        } catch (RuntimeException | InterruptedException e) {
            cluster.close();
            throw e;
        }
    }

    private static Supervisor.Listener listener(List<String> unexpectedExits) {
        return new Supervisor.Listener() {

            @Override
            public void ready(ManagedProcess process, Duration sinceStart) {}

            @Override
            public void died(ManagedProcess process, String explanation) {
                unexpectedExits.add(process.name() + explanation);
            }
        };
    }

    /** A connection in plain text. Callbacks run on the network's thread, so they must not block. */
    public static ManagedChannel channel(int port) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .directExecutor()
                .maxInboundMessageSize(64 << 20)
                .build();
    }

    public ServerProgram program() {
        return program;
    }

    public List<ClusterMember> members() {
        return members;
    }

    public PeerLinks links() {
        return links;
    }

    /** Explanations of exits that were not requested, each with the end of the log. */
    public List<String> unexpectedExits() {
        return List.copyOf(unexpectedExits);
    }

    /** The member that reports that it leads; of several, that of the highest term. Empty if there is none. */
    public Optional<ClusterMember> leader() {
        Optional<ClusterMember> leader = Optional.empty();
        long term = -1;
        for (ClusterMember member : members) {
            Optional<StatusResponse> status = member.status().filter(ClusterMember::leads);
            if (status.isPresent() && status.get().getRaftTerm() > term) {
                leader = Optional.of(member);
                term = status.get().getRaftTerm();
            }
        }
        return leader;
    }

    /** @throws ProcessFailure if there is no leader in time */
    public ClusterMember awaitLeader(Duration timeout) throws InterruptedException {
        long giveUpNanos = System.nanoTime() + timeout.toNanos();
        while (true) {
            Optional<ClusterMember> leader = leader();
            if (leader.isPresent()) {
                return leader.get();
            }
            if (System.nanoTime() - giveUpNanos > 0) {
                throw new ProcessFailure("no leader after " + timeout.toSeconds() + " s; logs are in " + data.root());
            }
            Thread.sleep(POLL);
        }
    }

    /** The folder with their data and logs. */
    public Path folder() {
        return data.root();
    }

    @Override
    public void close() {
        members.forEach(ClusterMember::resume);
        members.forEach(member -> member.channel().shutdownNow());
        supervisor.stop();
        links.close();
        data.close();
        try {
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        } catch (IllegalStateException exiting) {
            // the shutdown hook stops the members
        }
    }
}
