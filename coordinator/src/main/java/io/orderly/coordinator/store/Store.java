package io.orderly.coordinator.store;

import io.orderly.coordinator.store.StoreCommand.InSession;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state: commands go in, in the order of the log, and answers come out. Nothing else changes it, and the same
 * commands do the same on every node.
 *
 * <p>One thread at a time. For others there is {@link #view()}.
 */
public final class Store {

    /** Of what is compacted, this many events are removed with each command. */
    private static final int SWEPT_PER_COMMAND = 128;

    private final StoreListener listener;
    private final int sweptPerCommand;
    private State state;
    private MapWriter writer;

    /** As it is before the first command. */
    public Store(StoreListener listener) {
        this(listener, StoreLimits.DEFAULTS);
    }

    /** @param limits to begin with, the same on every node of a cluster, for ever */
    public Store(StoreListener listener, StoreLimits limits) {
        this(listener, limits, SWEPT_PER_COMMAND);
    }

    Store(StoreListener listener, StoreLimits limits, int sweptPerCommand) {
        this.listener = listener;
        this.sweptPerCommand = sweptPerCommand;
        state = State.initial(limits);
        writer = new MapWriter(state.keyspace, state.leases);
    }

    /** The state as it is at any time, for the thread that changes it. */
    public StoreView now() {
        return state;
    }

    /** @return the state as it is now and stays, for any thread. It takes no time, and no memory until much has changed */
    public StoreView view() {
        return state.copy();
    }

    /** The keys that are attached to a lease now, in order; none if there is no such lease. */
    public List<Bytes> keysOf(long lease) {
        return state.leases.keysOf(lease);
    }

    /** Takes the place of all that was. */
    void restore(State restored) {
        state = restored;
        writer = new MapWriter(state.keyspace, state.leases);
        listener.restored(state);
    }

    State snapshot() {
        return state.copy();
    }

    /** @param command the next one of the log */
    public StoreAnswer apply(StoreCommand command) {
        StoreAnswer answer = command instanceof InSession request ? once(request) : execute(command);
        state.keyspace.sweep(sweptPerCommand);
        return answer;
    }

    private StoreAnswer once(InSession request) {
        Session known = state.sessions.get(request.lease());
        if (known == null) {
            return refuse(new StoreRefusal.SessionNotFound(request.lease()));
        }
        Session session = state.sessions.forgetBelow(known, request.answeredBelow());
        if (request.sequence() < session.answeredBelow()) {
            return refuse(new StoreRefusal.AnsweredBefore(session.answeredBelow()));
        }
        byte[] kept = session.answerTo(request.sequence());
        if (kept != null) {
            return AnswerCodec.decode(kept);
        }
        if (session.size() >= state.limits.maxSessionWindow()) {
            return refuse(new StoreRefusal.SessionWindowFull(state.limits.maxSessionWindow()));
        }
        StoreAnswer answer = execute(request.command());
        keep(request, answer);
        return answer;
    }

    /** For the case that the command is sent again. */
    private void keep(InSession request, StoreAnswer answer) {
        Session session = state.sessions.get(request.lease());
        if (session == null) {
            // the command itself has ended it
            return;
        }
        byte[] encoded = AnswerCodec.encode(answer, state.limits.maxKeptAnswerBytes());
        if (encoded == null || state.sessions.sizeInBytes() + Session.sizeOf(encoded) > state.limits.maxKeptBytes()) {
            encoded = AnswerCodec.encode(
                    answer instanceof StoreAnswer.Refused
                            ? new StoreAnswer.Refused(answer.revision(), new StoreRefusal.ReasonNotKept())
                            : new StoreAnswer.AnswerNotKept(answer.revision()));
        }
        state.sessions.keep(session, request.sequence(), encoded);
    }

    private StoreAnswer execute(StoreCommand command) {
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
                yield new StoreAnswer.TimestampBound(state.revision(), previous, state.timestampBound);
            }
            case StoreCommand.SetLimits(StoreLimits limits) -> {
                state.limits = limits;
                yield done();
            }
            case InSession _ -> throw new IllegalArgumentException("a session within a session");
        };
    }

    private StoreAnswer write(Operation operation) {
        StoreAnswer answer = writer.execute(operation, state.limits);
        commit();
        return answer;
    }

    private void commit() {
        Revision revision = state.keyspace.commit();
        if (revision != null) {
            listener.revised(revision);
        }
    }

    private StoreAnswer compact(long revision) {
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

    private StoreAnswer grant(StoreCommand.LeaseGrant grant) {
        StoreRefusal objection = objectionTo(grant);
        if (objection != null) {
            return refuse(objection);
        }
        long ttlMillis = Math.max(grant.ttlMillis(), state.limits.minLeaseTtlMillis());
        promise(new Lease(grant.id(), ttlMillis, ttlMillis));
        return new StoreAnswer.LeaseGranted(state.revision(), grant.id(), ttlMillis);
    }

    private @Nullable StoreRefusal objectionTo(StoreCommand.LeaseGrant grant) {
        if (grant.id() == 0) {
            return new StoreRefusal.Malformed("0 is the id of no lease");
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

    private StoreAnswer revoke(long id) {
        if (state.leases.get(id) == null) {
            return refuse(new StoreRefusal.LeaseNotFound(id));
        }
        end(List.of(id));
        return done();
    }

    /** All that is attached goes in one revision. */
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

    private StoreAnswer keepAlive(List<Long> ids) {
        List<StoreAnswer.LeasesKeptAlive.Renewed> renewed = new ArrayList<>();
        for (long id : ids) {
            Lease lease = state.leases.get(id);
            if (lease != null) {
                promise(new Lease(id, lease.ttlMillis(), lease.ttlMillis()));
                renewed.add(new StoreAnswer.LeasesKeptAlive.Renewed(id, lease.ttlMillis()));
            }
        }
        return new StoreAnswer.LeasesKeptAlive(state.revision(), List.copyOf(renewed));
    }

    private StoreAnswer takeOver(StoreCommand.LeaseTakeOver takeOver) {
        if (!state.leases.takeOver(takeOver.clock())) {
            return refuse(new StoreRefusal.DeposedClock());
        }
        listener.clockTookOver(takeOver.clock(), state);
        return done();
    }

    private StoreAnswer checkpoint(StoreCommand.LeaseCheckpoint checkpoint) {
        if (!checkpoint.clock().equals(state.leases.clock())) {
            return refuse(new StoreRefusal.DeposedClock());
        }
        for (var one : checkpoint.leases()) {
            Lease lease = state.leases.get(one.id());
            if (lease != null && one.remainingMillis() > 0 && one.remainingMillis() < lease.remainingMillis()) {
                promise(new Lease(lease.id(), lease.ttlMillis(), one.remainingMillis()));
            }
        }
        return done();
    }

    private StoreAnswer expire(StoreCommand.LeaseExpire expire) {
        if (!expire.clock().equals(state.leases.clock())) {
            return refuse(new StoreRefusal.DeposedClock());
        }
        end(expire.ids());
        return done();
    }

    private StoreAnswer openSession(long lease) {
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

    private StoreAnswer done() {
        return new StoreAnswer.Done(state.revision());
    }

    private StoreAnswer refuse(StoreRefusal refusal) {
        return new StoreAnswer.Refused(state.revision(), refusal);
    }
}
