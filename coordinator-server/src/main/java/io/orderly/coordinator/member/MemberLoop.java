package io.orderly.coordinator.member;

import io.orderly.coordinator.consensus.Effects;
import io.orderly.coordinator.consensus.Input;
import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Replica;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.node.DiskSpace;
import io.orderly.coordinator.node.DiskStorage;
import io.orderly.coordinator.node.Node;
import io.orderly.coordinator.node.PeerTransport;
import io.orderly.coordinator.peer.ForwardedReply;
import io.orderly.coordinator.peer.ForwardedRequest;
import io.orderly.coordinator.peer.PeerMessage;
import io.orderly.coordinator.peer.PeerNetwork;
import io.orderly.coordinator.server.CoordinatorServer;
import io.orderly.coordinator.server.StateHash;
import io.orderly.coordinator.store.AuthState;
import io.orderly.coordinator.store.StoreListener;
import io.orderly.coordinator.store.StoreResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A turn of the event loop of a member: all events that arrived since the last turn are handled in one step of the replica. It owns the
 * node and the state machine; it has no threads and no clock.
 */
final class MemberLoop {

    private static final Logger LOG = LoggerFactory.getLogger(MemberLoop.class);

    /** The number of requests of a peer that are kept, to detect duplicates. */
    private static final int RECENT_REQUESTS = 16_384;

    /** How long a peer that was removed stays connected. */
    private static final long LEAVING_NANOS = Duration.ofSeconds(1).toNanos();

    /** How long the state machine may lag behind what is decided before the leader refuses further commands. */
    private static final long MAX_LAG_NANOS = Duration.ofMillis(500).toNanos();

    private final NodeId self;
    private final PeerNetwork network;
    private final long tickNanos;
    private final ReplicaRequests requests;
    private final CoordinatorServer server;
    private final Node<StoreResponse> node;
    private final LeaderRequests leaderRequests;
    private final Forwarding forwarding;
    private final Map<NodeId, RecentRequests> recent = new HashMap<>();
    private final MemberDirectory directory;
    private final MemberDuties duties;
    private final DiskSpace space;
    private final MemberReports reports;

    /** Published before the futures of clients are completed, so that a client that received a reply reads its effect. */
    private volatile Status status;

    private volatile long revision;
    private volatile int watches;
    private volatile AuthState auth;
    private volatile List<Member> members;
    private volatile Set<NodeId> differing = Set.of();
    private volatile boolean acceptsData = true;
    private volatile long comparisons;

    private Map<NodeId, InetSocketAddress> peers = Map.of();

    /** Whether removed peers are still connected. */
    private boolean isLeaving;

    private long leavingSinceNanos;
    private long nowNanos;
    private long lastTickNanos;
    private long lastReportNanos;

    /**
     * @param known members at the start; replicated descriptions take precedence
     * @param storage of a folder that was opened
     * @param wallMillis the wall clock, for timestamps
     * @param effects receives the effects of each step, for metrics
     * @param changes receives the changes of the store, for metrics
     * @throws IOException if the newest snapshot cannot be read
     */
    MemberLoop(
            NodeId self,
            List<Member> known,
            MemberSettings settings,
            DiskStorage storage,
            PeerNetwork network,
            RandomGenerator random,
            LongSupplier wallMillis,
            Consumer<Effects> effects,
            StoreListener changes)
            throws IOException {
        this.self = self;
        this.network = network;
        tickNanos = settings.tickInterval().toNanos();
        requests = new ReplicaRequests(this::status, () -> nowNanos);
        var replica = new Replica(self, settings.consensus(), storage.durableState(), random);
        status = replica.status();
        server = new CoordinatorServer(requests, wallMillis, settings.server(), changes);
        var newest = storage.snapshotState();
        if (newest.isPresent()) {
            try (InputStream content = newest.get().open()) {
                server.restore(content);
            }
        }
        node = new Node<>(replica, storage, server, settings.maxStepsPerTurn(), new Transport(), requests, effects);
        space = storage.space();
        reports = new MemberReports(self);
        leaderRequests = new LeaderRequests(requests, server, () -> acceptsData, this::isOverloaded);
        directory = new MemberDirectory(known);
        duties = new MemberDuties(self, known);
        members = directory.members();
        auth = server.state().auth();
        forwarding = new Forwarding(self, settings.forwarding(), random.nextLong() >>> 2, new Route());
    }

    /** The first turn. */
    void begin(long atNanos) {
        nowNanos = atNanos;
        lastReportNanos = atNanos;
        node.beginTurn(atNanos, 0);
        publish();
        tick();
        step();
        network.flush();
    }

    /**
     * Handles the events that arrived since the last turn. Decided entries that are more than a bounded amount of work are applied in
     * further turns, so that messages and ticks do not wait for them.
     *
     * @param lastTurnNanos how long the last turn took
     * @throws IOException if the disk has failed; the member must stop, as after any other exception
     */
    void turn(List<LoopEvent> events, long atNanos, long lastTurnNanos) throws IOException {
        nowNanos = atNanos;
        network.collect();
        node.beginTurn(atNanos, lastTurnNanos);
        for (LoopEvent event : events) {
            take(event);
        }
        if (atNanos - lastTickNanos >= tickNanos) {
            tick();
        }
        if (node.isRestoring()) {
            node.restore();
            stepped();
        }
        if (node.isBehind()) {
            node.catchUp();
            stepped();
        }
        step();
        network.flush();
    }

    private boolean isOverloaded() {
        return node.lagNanos() > MAX_LAG_NANOS;
    }

    /** Replies to all pending requests, since the member stops. */
    void end(List<LoopEvent> untaken) {
        for (LoopEvent event : untaken) {
            switch (event) {
                case LoopEvent.Submitted(ForwardedRequest request, Consumer<ForwardedReply> listener) ->
                    forwarding.submit(request, listener, nowNanos);
                case LoopEvent.Call(Runnable action) -> action.run();
                case LoopEvent.Arrived _, LoopEvent.Forced _, LoopEvent.ChunkRead _ -> {}
            }
        }
        forwarding.end();
    }

    /** How long the loop may wait for events. */
    long nanosToNextTurn(long atNanos) {
        return node.isRestoring() || node.isBehind() ? 0 : Math.max(0, lastTickNanos + tickNanos - atNanos);
    }

    // for any thread

    /** After the last step. */
    Status status() {
        return status;
    }

    /** After the last step. */
    long revision() {
        return revision;
    }

    /** How many watches were open after the last step. */
    int watches() {
        return watches;
    }

    /** After the last step. */
    AuthState auth() {
        return auth;
    }

    /** The known members after the last step. */
    List<Member> members() {
        return members;
    }

    /** The members whose state is not that of a majority, as far as states were compared; see {@link CoordinatorServer#differing}. */
    Set<NodeId> differing() {
        return differing;
    }

    /** How many hashes of the states of other members were compared. */
    long comparisons() {
        return comparisons;
    }

    /** Whether this member, as the leader or if it led, accepts commands that add data. */
    boolean acceptsData() {
        return acceptsData;
    }

    // on the loop

    /** The state and its watches. */
    CoordinatorServer server() {
        return server;
    }

    private void take(LoopEvent event) throws IOException {
        switch (event) {
            case LoopEvent.Arrived(NodeId _, PeerMessage.Consensus(Message.Accept _))
            when node.isFarBehind() -> {} // lost, as far as the protocol is concerned
            case LoopEvent.Arrived(NodeId from, PeerMessage.Consensus(Message message)) ->
                requests.add(new Input.Received(from, message));
            case LoopEvent.Arrived(NodeId from, PeerMessage.Request(long id, ForwardedRequest request)) ->
                serve(from, id, request);
            case LoopEvent.Arrived(NodeId from, PeerMessage.Reply(long id, ForwardedReply reply)) ->
                forwarding.replied(from, id, reply);
            case LoopEvent.Arrived(NodeId from, PeerMessage.Report(StateHash state, boolean isDiskLow)) -> {
                server.compare(from, state);
                reports.told(from, isDiskLow, nowNanos);
            }
            case LoopEvent.Submitted(ForwardedRequest request, Consumer<ForwardedReply> listener) ->
                forwarding.submit(request, listener, nowNanos);
            case LoopEvent.Call(Runnable action) -> action.run();
            case LoopEvent.Forced(var result) -> {
                node.handle(result);
                stepped();
            }
            case LoopEvent.ChunkRead(var result) -> {
                node.handle(result);
                stepped();
            }
        }
    }

    private void serve(NodeId from, long id, ForwardedRequest request) {
        boolean isNew = PendingRequest.isRepeatable(request)
                || recent.computeIfAbsent(from, _ -> new RecentRequests(RECENT_REQUESTS))
                        .add(id);
        if (isNew) {
            leaderRequests.serve(request, reply -> network.send(from, new PeerMessage.Reply(id, reply)));
        }
    }

    private void tick() {
        lastTickNanos = nowNanos;
        requests.add(new Input.Tick(nowNanos));
        server.tick();
        forwarding.tick(nowNanos);
        disconnect();
        acceptsData = reports.acceptsData(status.membership(), space.isLow(), nowNanos);
        if (nowNanos - lastReportNanos >= MemberReports.INTERVAL_NANOS) {
            lastReportNanos = nowNanos;
            report();
        }
        duties.due(status, server.state().members(), nowNanos)
                .ifPresent(request -> forwarding.submit(request, _ -> duties.completed(), nowNanos));
    }

    private void report() {
        List<NodeId> known = status.membership().members();
        server.compareWith(known);
        reports.retain(known);
        var report = new PeerMessage.Report(server.stateHash(), space.isLow());
        known.stream().filter(member -> !member.equals(self)).forEach(member -> network.send(member, report));
        comparisons = server.comparisons();
        Set<NodeId> found = server.differing();
        if (!found.equals(differing)) {
            differing = found;
            LOG.atLevel(found.isEmpty() ? Level.INFO : Level.ERROR)
                    .log("members whose state is not what the log leads to: {}", found);
        }
        if (space.isLow() && status.role() == Status.Role.LEADER) {
            reports.successor(status.membership(), nowNanos).ifPresent(this::handOver);
        }
    }

    private void handOver(NodeId target) {
        LOG.warn("the disk of this member is nearly full; {} is asked to take over", target);
        forwarding.submit(new ForwardedRequest.TransferLeadership(target), _ -> {}, nowNanos);
    }

    /** Steps until nothing is left to do: completed requests may cause further ones. */
    private void step() {
        forwarding.dispatch(status.leader(), status.ballot(), nowNanos);
        while (!requests.isEmpty()) {
            leaderRequests.stepBegins();
            node.handle(requests.take());
            stepped();
            forwarding.dispatch(status.leader(), status.ballot(), nowNanos);
        }
    }

    private void publish() {
        status = node.status();
        revision = server.state().revision();
        watches = server.watches();
        auth = server.state().auth();
        if (directory.update(status.membership(), server.state().members())) {
            members = directory.members();
            connect();
        }
    }

    /**
     * A removed peer stays connected for a while: it may wait for the reply to the change. A member with unusable URLs was not removed, and
     * stays connected at its last address.
     */
    private void connect() {
        Map<NodeId, InetSocketAddress> next = directory.peers(self);
        for (Member member : members) {
            InetSocketAddress last = peers.get(member.id());
            if (last != null) {
                next.putIfAbsent(member.id(), last);
            }
        }
        Map<NodeId, InetSocketAddress> kept = new HashMap<>(peers);
        kept.putAll(next);
        isLeaving = !kept.keySet().equals(next.keySet());
        leavingSinceNanos = nowNanos;
        peers = next;
        network.connectTo(kept);
    }

    private void disconnect() {
        if (isLeaving && nowNanos - leavingSinceNanos >= LEAVING_NANOS) {
            isLeaving = false;
            network.connectTo(peers);
        }
    }

    private void stepped() {
        publish();
        server.stepped();
        forwarding.applied(status.applied());
    }

    private final class Transport implements PeerTransport {

        @Override
        public void send(NodeId to, Message message) {
            network.send(to, new PeerMessage.Consensus(message));
        }

        /** The others need not wait until this member has applied. */
        @Override
        public void sent() {
            network.flush();
            network.collect();
        }
    }

    private final class Route implements Forwarding.Route {

        @Override
        public void serveHere(long id, ForwardedRequest request) {
            leaderRequests.serve(request, reply -> forwarding.replied(self, id, reply));
        }

        @Override
        public boolean send(NodeId leader, long id, ForwardedRequest request) {
            return network.send(leader, new PeerMessage.Request(id, request));
        }
    }
}
