package io.orderly.coordinator.client;

import io.grpc.ManagedChannel;
import io.netty.handler.ssl.SslContext;
import io.orderly.coordinator.client.RetryRule.Repetition;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.RangeOptions;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.watch.WatchRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A client of the coordinator, or of an etcd cluster. Methods wait for the members, and are meant for virtual threads; thread-safe.
 *
 * <p><b>Writes take effect once.</b> Each is a transaction that also puts a key of the client's session, so that an attempt after a lost
 * response finds out that an earlier one took effect. The certain part of the outcome is a {@link WriteOutcome}. Transactions can have one
 * operation less than the members' limit.
 *
 * <p><b>Reads.</b> {@link #read} is linearizable. {@link #readInSession} is answered by one member from its own state, and contains all
 * that this client has written, read and watched before.
 */
public final class CoordinatorClient implements AutoCloseable {

    private final ClientSettings settings;
    private final Environment environment;
    private final ClientObserver observer;
    private final Loop loop;
    private final Channels channels;
    private final SeenRevision seen = new SeenRevision();
    private final Reads reads;
    private final Writes writes;
    private final LeaseRequests leases;
    private final SessionHolder session;
    private final WatchStreams streams;
    private final Contest contest;
    private final TimestampSource timestampSource;

    CoordinatorClient(
            ClientSettings settings,
            Environment environment,
            ClientObserver observer,
            Function<Loop, Function<String, ManagedChannel>> connector) {
        this.settings = settings;
        this.environment = environment;
        this.observer = observer;
        loop = new Loop();
        int members = settings.endpoints().size();
        Endpoints endpoints = new Endpoints(members, environment.random().nextInt(members));
        channels = new Channels(
                settings.endpoints(),
                endpoints,
                connector.apply(loop),
                settings.credentials() == null ? List.of() : List.of(new Authentication(settings.credentials())));
        Calls calls = new Calls(
                channels, new RetryRule(settings.retries(), environment.random()), settings, environment, observer);
        reads = new Reads(calls, seen, observer);
        writes = new Writes(calls, seen);
        leases = new LeaseRequests(calls, loop, settings, environment, observer);
        session = new SessionHolder(leases, writes, settings, loop);
        streams = new WatchStreams(channels);
        contest = new Contest(settings, leases, writes, this::watch, loop, environment);
        timestampSource = new ServiceTimestamps(calls, new KeyTimestamps(writes, settings, environment));
    }

    /** A client over connections in plain text. Returns at once: the members are connected to when they are needed. */
    public static CoordinatorClient connect(ClientSettings settings) {
        return connect(settings, ClientObserver.NONE);
    }

    /** A client over connections in plain text, with an observer. */
    public static CoordinatorClient connect(ClientSettings settings, ClientObserver observer) {
        return new CoordinatorClient(
                settings, Environment.SYSTEM, observer, loop -> Channels.plaintext(loop.virtualThreads()));
    }

    /**
     * A client over connections with TLS. The certificate of a member must be for the host of its endpoint.
     *
     * @param tls called for each connection, so that certificates can be replaced; of {@link io.grpc.netty.GrpcSslContexts}, for clients
     */
    public static CoordinatorClient connectEncrypted(
            ClientSettings settings, ClientObserver observer, Supplier<SslContext> tls) {
        SslContext reloaded = new ReloadedSslContext(tls);
        return new CoordinatorClient(
                settings, Environment.SYSTEM, observer, loop -> Channels.encrypted(loop.virtualThreads(), reloaded));
    }

    /**
     * A client over the application's own channels.
     *
     * @param connector opens a channel to an endpoint. It should send keep-alive pings; the client shuts the channel down
     */
    public static CoordinatorClient connect(
            ClientSettings settings, ClientObserver observer, Function<String, ManagedChannel> connector) {
        return new CoordinatorClient(settings, Environment.SYSTEM, observer, _ -> connector);
    }

    // reads

    /** @throws CoordinatorException if it was not answered until the timeout, or refused */
    public StoreResponse.Range read(Operation.Range range) {
        return reads.linearizable(range);
    }

    /** @throws CoordinatorException if it was not answered until the timeout, or refused */
    public Optional<KeyValue> get(Bytes key) {
        return read(Operation.Range.of(key)).keyValues().stream().findFirst();
    }

    /** @throws CoordinatorException if it was not answered until the timeout, or refused */
    public StoreResponse.Range readInSession(Operation.Range range) {
        return reads.inSession(range);
    }

    /** The highest revision in any response to this client, or of any event that a watch of it delivered. */
    public long seenRevision() {
        return seen.highest();
    }

    /**
     * Makes a linearizable read, which a quorum has to confirm.
     *
     * @return how long it took; empty if it was not answered until the timeout
     */
    public Optional<Duration> ping(Duration timeout) {
        long began = environment.nanoTime().getAsLong();
        Operation.Range range = new Operation.Range(
                KeyRange.of(KeyTimestamps.KEY), RangeOptions.DEFAULTS.withDetail(RangeOptions.Detail.COUNT));
        try {
            reads.linearizable(range, timeout);
            return Optional.of(Duration.ofNanos(environment.nanoTime().getAsLong() - began));
        } catch (CallFailed _) {
            return Optional.empty();
        }
    }

    // writes

    public WriteOutcome put(Bytes key, Bytes value) {
        return execute(StoreCommand.Put.of(key, value));
    }

    /** @param lease to attach the key to */
    public WriteOutcome put(Bytes key, Bytes value, Lease lease) {
        return execute(StoreCommand.Put.of(key, value, lease.id()));
    }

    public WriteOutcome delete(Bytes key) {
        return execute(StoreCommand.DeleteRange.of(key));
    }

    /** Executes a transaction once, if {@link ClientSettings#exactlyOnce} is on; otherwise at most once. */
    public WriteOutcome execute(StoreCommand.Txn transaction) {
        if (settings.exactlyOnce()) {
            return session.execute(transaction);
        }
        return executeUnguarded(transaction);
    }

    /**
     * Executes a transaction at most once, without a key of the session. If the response is lost, the outcome is {@link
     * WriteOutcome.Unknown}.
     */
    public WriteOutcome executeUnguarded(StoreCommand.Txn transaction) {
        return writes.executeUnguarded(
                transaction, Writes.isReadOnly(transaction) ? Repetition.SAFE : Repetition.UNSAFE);
    }

    private WriteOutcome execute(Operation operation) {
        return execute(new StoreCommand.Txn(List.of(), List.of(operation), List.of()));
    }

    // leases, watches, queues, timestamps and settings

    /**
     * Grants a lease, and keeps it alive until it is closed or lost.
     *
     * @param ttl rounded up to seconds
     * @param onLost called once, on a thread of its own, if it is lost
     * @throws CoordinatorException if it was not granted until the timeout
     */
    public Lease lease(Duration ttl, Runnable onLost) {
        return leases.grant(ttl, settings.timeout(), onLost);
    }

    /**
     * Watches keys until it is closed. Returns at once.
     *
     * @param request if its start revision is 0, the listener first gets the keys as they are, and then all later changes
     */
    public Watch watch(WatchRequest request, WatchListener listener) {
        Watch watch =
                new Watch(request, listener, streams, reads, seen, loop, settings.retries(), environment, observer);
        watch.begin();
        return watch;
    }

    /**
     * A candidate, which does not campaign yet.
     *
     * @param name of the election; its keys are under {@code <name>/}. It must not be the name of a lock, nor begin with the name of a lock
     *     or of another election and a slash: the queues would be mixed, and could wait for each other forever
     * @param value of the candidate, for others to read
     */
    public LeaderElection election(String name, Bytes value, ElectionListener listener) {
        return new LeaderElection(contest, name, value, listener);
    }

    /**
     * As {@link #election(String, Bytes, ElectionListener)}, with a time to live of the leader's lease other than {@link
     * ClientSettings#leaseTtl}: after a crash of the leader, the next candidate leads that much later.
     *
     * @throws IllegalArgumentException if it is less than a second
     */
    public LeaderElection election(String name, Bytes value, Duration leaseTtl, ElectionListener listener) {
        return new LeaderElection(contest.withLeaseTtl(leaseTtl), name, value, listener);
    }

    /**
     * A named lock.
     *
     * @param name its keys are under {@code <name>/}. It must not be the name of an election, nor begin with the name of an election
     *     or of another lock and a slash: the queues would be mixed, and could wait for each other forever
     */
    public DistributedLock lock(String name) {
        return new DistributedLock(contest, name);
    }

    /** Timestamps that are greater than all that any client received before. */
    public Timestamps timestamps() {
        return timestamps(Duration.ZERO, 0);
    }

    /**
     * Timestamps with a reserve: see {@link Timestamps} for the guarantees.
     *
     * @param maxAge how long a reserve is used
     * @param block how many are reserved with each request
     */
    public Timestamps timestamps(Duration maxAge, int block) {
        return new Timestamps(timestampSource, loop, environment, maxAge, block);
    }

    /**
     * A setting. Returns at once, with the default until the stored value is known.
     *
     * @param defaultValue while no value is stored
     */
    public <T> Setting<T> setting(String key, SettingType<T> type, T defaultValue, SettingListener<T> listener) {
        return new Setting<>(Bytes.utf8(key), type, defaultValue, listener, this::watch, observer);
    }

    /** The number of times that the client has switched to another member. */
    public long failovers() {
        return channels.failovers();
    }

    /** Ends the client's session and its connections. Close locks, elections, leases and watches before. */
    @Override
    public void close() {
        session.close();
        loop.close();
        channels.close();
    }
}
