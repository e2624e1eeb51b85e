package io.orderly.coordinator.store;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.store.StoreCommand.InSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state: commands are applied in the order of the log, and return responses. Nothing else changes it, and the same
 * commands have the same effects on every node.
 *
 * <p>One thread at a time. For others there is {@link #view()}.
 */
public final class Store {

    /** How many events of a compaction are removed with each command. */
    private static final int SWEEP_EVENTS_PER_COMMAND = 128;

    /** Each change, also one that is refused, copies all users and roles; if it is not refused, their hash is made again. */
    private static final long AUTH_STEPS_PER_ELEMENT = 10;

    private final StoreListener listener;
    private final int sweepEventsPerCommand;
    private StoreState state;
    private KeyspaceWriter writer;

    /** The work of changes of users and roles since the state was restored. */
    private long authSteps;

    /** An empty store. */
    public Store(StoreListener listener) {
        this(listener, StoreLimits.DEFAULTS);
    }

    /** @param limits initially, the same on every node of a cluster, forever */
    public Store(StoreListener listener, StoreLimits limits) {
        this(listener, limits, SWEEP_EVENTS_PER_COMMAND);
    }

    Store(StoreListener listener, StoreLimits limits, int sweepEventsPerCommand) {
        this.listener = listener;
        this.sweepEventsPerCommand = sweepEventsPerCommand;
        state = StoreState.initial(limits);
        writer = new KeyspaceWriter(state.keyspace, state.leases);
    }

    /** The current state, for the thread that changes it. */
    public StoreView now() {
        return state;
    }

    /**
     * @return an immutable view of the current state, for any thread. It takes constant time, and little memory until much has
     * changed
     */
    public StoreView view() {
        return state.copy();
    }

    /**
     * Reads the current state, if that is little work.
     *
     * @param maxSteps about 50 nanoseconds each
     * @return empty if it would take more
     */
    public Optional<StoreResponse> readWithin(Operation.Range range, long maxSteps) {
        return state.rangeWithin(range, maxSteps);
    }

    /**
     * Executes a transaction that {@linkplain StoreCommand.Txn#onlyReads() only reads}, if that is little work.
     *
     * @param maxSteps about 50 nanoseconds each
     * @return empty if it would take more
     */
    public Optional<StoreResponse> readWithin(StoreCommand.Txn txn, long maxSteps) {
        return state.readWithin(txn, maxSteps);
    }

    /** The keys that are attached to a lease now, in order; none if there is no such lease. */
    public List<Bytes> keysOf(long lease) {
        return state.leases.keysOf(lease);
    }

    /** The work of the last write, in steps. */
    long steps() {
        return writer.steps();
    }

    /** How much work all commands were since the state was restored, in steps. */
    long totalSteps() {
        return writer.totalSteps() + authSteps;
    }

    /** Replaces the whole state. */
    void restore(StoreState restored) {
        state = restored;
        writer = new KeyspaceWriter(state.keyspace, state.leases);
        authSteps = 0;
        listener.restored(state);
    }

    StoreState snapshot() {
        return state.copy();
    }

    /** @param command the next command of the log */
    public StoreResponse apply(StoreCommand command) {
        StoreResponse answer = command instanceof StoreCommand.AsUser(Caller caller, StoreCommand inner)
                ? applyAs(caller, inner)
                : applyAs(null, command);
        state.keyspace.sweep(sweepEventsPerCommand);
        return answer;
    }

    /** @param caller null for a command without one */
    private StoreResponse applyAs(@Nullable Caller caller, StoreCommand command) {
        AuthRefusal refusal = CommandRights.refusalOf(command, caller, state.auth, state.leases);
        if (refusal != null) {
            return refuse(new StoreRefusal.Auth(refusal));
        }
        return command instanceof InSession request ? applyOnce(request) : execute(command);
    }

    private StoreResponse applyOnce(InSession request) {
        Session known = state.sessions.get(request.lease());
        if (known == null) {
            return refuse(new StoreRefusal.SessionNotFound(request.lease()));
        }
        Session session = state.sessions.forgetBelow(known, request.acknowledgedBelow());
        if (request.sequence() < session.acknowledgedBelow()) {
            return refuse(new StoreRefusal.AlreadyAcknowledged(session.acknowledgedBelow()));
        }
        byte[] kept = session.answerTo(request.sequence());
        if (kept != null) {
            return ResponseCodec.decode(kept);
        }
        if (session.size() >= state.limits.maxSessionWindow()) {
            return refuse(new StoreRefusal.SessionWindowFull(state.limits.maxSessionWindow()));
        }
        StoreResponse answer = execute(request.command());
        keep(request, answer);
        return answer;
    }

    /** Keeps the response in case the command is repeated. */
    private void keep(InSession request, StoreResponse answer) {
        Session session = state.sessions.get(request.lease());
        if (session == null) {
            // the command itself has ended the session
            return;
        }
        byte[] encoded = ResponseCodec.encode(answer, state.limits.maxKeptAnswerBytes());
        if (encoded == null || state.sessions.sizeInBytes() + Session.sizeOf(encoded) > state.limits.maxKeptBytes()) {
            encoded = ResponseCodec.encode(
                    answer instanceof StoreResponse.Refused
                            ? new StoreResponse.Refused(answer.revision(), new StoreRefusal.ReasonNotKept())
                            : new StoreResponse.ResponseNotKept(answer.revision()));
        }
        state.sessions.keep(session, request.sequence(), encoded);
    }

    private StoreResponse execute(StoreCommand command) {
        return switch (command) {
            case StoreCommand.Put put -> write(put);
            case StoreCommand.DeleteRange delete -> write(delete);
            case StoreCommand.Txn txn -> write(txn);
            case StoreCommand.Compact(long revision) -> compact(revision);
            case StoreCommand.LeaseGrant grant -> grant(grant);
            case StoreCommand.LeaseRevoke(long id) -> revoke(id);
            case StoreCommand.LeaseKeepAlive(List<Long> ids) -> keepAlive(ids);
            case StoreCommand.LeaseTakeOver takeOver -> takeOver(takeOver);
            case StoreCommand.LeaseCheckpoint checkpoint -> checkpoint(checkpoint);
            case StoreCommand.LeaseExpire expire -> expire(expire);
            case StoreCommand.SessionOpen(long lease) -> openSession(lease);
            case StoreCommand.SessionClose(long lease) ->
                state.sessions.remove(lease) ? done() : refuse(new StoreRefusal.SessionNotFound(lease));
            case StoreCommand.RaiseTimestampBound(long bound) -> {
                long previous = state.timestampBound;
                state.timestampBound = Math.max(previous, bound);
                yield new StoreResponse.TimestampBound(state.revision(), previous, state.timestampBound);
            }
            case StoreCommand.SetLimits(StoreLimits limits) -> {
                state.limits = limits;
                yield done();
            }
            case StoreCommand.DescribeMember(MemberDescription description) -> describe(description);
            case StoreCommand.PublishMember(MemberDescription own) ->
                describe(state.members.find(own.id()).map(own::publishedOver).orElse(own));
            case StoreCommand.ForgetMember(NodeId id) -> {
                state.members = state.members.without(id);
                yield done();
            }
            case StoreCommand.ChangeAuth(AuthChange change) -> change(change);
            case InSession _, StoreCommand.AsUser _ ->
                throw new IllegalArgumentException("a session or a caller within a session");
        };
    }

    private StoreResponse write(Operation operation) {
        StoreResponse answer = writer.execute(operation, state.limits);
        commit();
        return answer;
    }

    private void commit() {
        Revision revision = state.keyspace.commit();
        if (revision != null) {
            listener.revised(revision);
        }
    }

    private StoreResponse compact(long revision) {
        if (revision > state.revision()) {
            return refuse(new StoreRefusal.FutureRevision(revision, state.revision()));
        }
        if (revision <= state.compactedRevision()) {
            return refuse(new StoreRefusal.Compacted(state.compactedRevision()));
        }
        state.keyspace.compact(revision);
        listener.compacted(revision);
        return done();
    }

    private StoreResponse grant(StoreCommand.LeaseGrant grant) {
        StoreRefusal refusal = refusalOf(grant);
        if (refusal != null) {
            return refuse(refusal);
        }
        long ttlMillis = Math.max(grant.ttlMillis(), state.limits.minLeaseTtlMillis());
        promise(new Lease(grant.id(), ttlMillis, ttlMillis));
        return new StoreResponse.LeaseGranted(state.revision(), grant.id(), ttlMillis);
    }

    private @Nullable StoreRefusal refusalOf(StoreCommand.LeaseGrant grant) {
        if (grant.id() == 0) {
            return new StoreRefusal.Malformed("0 is not the id of a lease");
        }
        if (grant.ttlMillis() <= 0 || grant.ttlMillis() > state.limits.maxLeaseTtlMillis()) {
            return new StoreRefusal.InvalidLeaseTtl(grant.ttlMillis());
        }
        if (state.leases.get(grant.id()) != null) {
            return new StoreRefusal.LeaseExists(grant.id());
        }
        return state.leases.size() >= state.limits.maxLeases()
                ? new StoreRefusal.TooManyLeases(state.limits.maxLeases())
                : null;
    }

    private void promise(Lease lease) {
        state.leases.put(lease);
        listener.leasePromised(lease);
    }

    private StoreResponse revoke(long id) {
        if (state.leases.get(id) == null) {
            return refuse(new StoreRefusal.LeaseNotFound(id));
        }
        end(List.of(id));
        return done();
    }

    /** Deletes all attached keys in one revision. */
    private void end(List<Long> ids) {
        List<Long> ended = ids.stream()
                .filter(id -> state.leases.get(id) != null)
                .distinct()
                .toList();
        for (long id : ended) {
            writer.deleteKeysOf(id);
            state.leases.remove(id);
            state.sessions.remove(id);
        }
        commit();
        ended.forEach(listener::leaseEnded);
    }

    private StoreResponse keepAlive(List<Long> ids) {
        List<StoreResponse.LeasesKeptAlive.Renewed> renewed = new ArrayList<>();
        for (long id : ids) {
            Lease lease = state.leases.get(id);
            if (lease != null) {
                promise(new Lease(id, lease.ttlMillis(), lease.ttlMillis()));
                renewed.add(new StoreResponse.LeasesKeptAlive.Renewed(id, lease.ttlMillis()));
            }
        }
        return new StoreResponse.LeasesKeptAlive(state.revision(), List.copyOf(renewed));
    }

    private StoreResponse takeOver(StoreCommand.LeaseTakeOver takeOver) {
        if (!state.leases.takeOver(takeOver.clock())) {
            return refuse(new StoreRefusal.StaleLeaseClock());
        }
        listener.clockTookOver(takeOver.clock(), state);
        return done();
    }

    private StoreResponse checkpoint(StoreCommand.LeaseCheckpoint checkpoint) {
        if (!checkpoint.clock().equals(state.leases.clock())) {
            return refuse(new StoreRefusal.StaleLeaseClock());
        }
        for (var one : checkpoint.leases()) {
            Lease lease = state.leases.get(one.id());
            if (lease != null && one.remainingMillis() > 0 && one.remainingMillis() < lease.remainingMillis()) {
                promise(new Lease(lease.id(), lease.ttlMillis(), one.remainingMillis()));
            }
        }
        return done();
    }

    private StoreResponse expire(StoreCommand.LeaseExpire expire) {
        if (!expire.clock().equals(state.leases.clock())) {
            return refuse(new StoreRefusal.StaleLeaseClock());
        }
        end(expire.ids());
        return done();
    }

    private StoreResponse openSession(long lease) {
        if (state.leases.get(lease) == null) {
            return refuse(new StoreRefusal.LeaseNotFound(lease));
        }
        if (state.sessions.get(lease) == null) {
            if (state.sessions.size() >= state.limits.maxSessions()) {
                return refuse(new StoreRefusal.TooManySessions(state.limits.maxSessions()));
            }
            state.sessions.add(Session.open(lease));
        }
        return done();
    }

    private StoreResponse describe(MemberDescription description) {
        if (description.sizeInBytes() > MemberDescription.MAX_BYTES) {
            return refuse(new StoreRefusal.Malformed(
                    "the description of a member has more than %d bytes".formatted(MemberDescription.MAX_BYTES)));
        }
        MemberDescriptions changed = state.members.with(description);
        if (changed.all().size() > MemberDescriptions.MAX_MEMBERS) {
            return refuse(new StoreRefusal.Malformed(
                    "more than %d members are described".formatted(MemberDescriptions.MAX_MEMBERS)));
        }
        state.members = changed;
        return done();
    }

    private StoreResponse change(AuthChange change) {
        authSteps += AUTH_STEPS_PER_ELEMENT * state.auth.elements();
        try {
            state.auth = AuthRules.apply(state.auth, change);
            return done();
        } catch (AuthRules.RefusedException e) {
            return refuse(new StoreRefusal.Auth(e.refusal()));
        }
    }

    private StoreResponse done() {
        return new StoreResponse.Done(state.revision());
    }

    private StoreResponse refuse(StoreRefusal refusal) {
        return new StoreResponse.Refused(state.revision(), refusal);
    }
}
