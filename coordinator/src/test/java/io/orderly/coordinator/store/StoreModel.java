package io.orderly.coordinator.store;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.store.StoreCommand.DeleteRange;
import io.orderly.coordinator.store.StoreCommand.Put;
import io.orderly.coordinator.store.StoreCommand.Txn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The specification of the store, written for simplicity: it keeps the whole map of every revision. It models the limits on the number of
 * operations, leases and kept responses of a session, and the minimum time to live.
 */
public final class StoreModel {

    private final StoreLimits limits;
    private final FormModel forms;

    /** The map at revision i + 1. */
    final List<SortedMap<Bytes, KeyValue>> maps = new ArrayList<>(List.of(new TreeMap<>()));

    /** The events of revision i + 1. */
    final List<List<KeyEvent>> events = new ArrayList<>(List.of(List.of()));

    final SortedMap<Long, Lease> leases = new TreeMap<>();
    private final Map<Long, ModelSession> sessions = new HashMap<>();
    final SortedMap<NodeId, MemberDescription> members = new TreeMap<>();
    long compacted;
    private Ballot clock = Ballot.ZERO;
    private long bound;
    private AuthState auth = AuthState.INITIAL;

    /** The map of the revision in progress. */
    private SortedMap<Bytes, KeyValue> next = new TreeMap<>();

    private List<KeyEvent> newEvents = new ArrayList<>();

    private static final class ModelSession {
        final SortedMap<Long, StoreResponse> answers = new TreeMap<>();
        long acknowledgedBelow = 1;
    }

    public StoreModel(StoreLimits limits) {
        this.limits = limits;
        forms = new FormModel(limits.maxOperations());
    }

    /** A copy of the revisions only. */
    StoreModel copy() {
        StoreModel copy = new StoreModel(limits);
        copy.maps.clear();
        copy.maps.addAll(maps);
        copy.events.clear();
        copy.events.addAll(events);
        copy.compacted = compacted;
        return copy;
    }

    public long revision() {
        return maps.size();
    }

    /** The lowest revision that can be read. */
    public long compacted() {
        return compacted;
    }

    public boolean hasLease(long id) {
        return leases.containsKey(id);
    }

    /** The events of a revision, from 2 to the newest. */
    public List<KeyEvent> events(long revision) {
        return Collections.unmodifiableList(events.get((int) revision - 1));
    }

    /** The key at a revision; null if it did not exist. Compacted revisions can be read, too. */
    public @Nullable KeyValue at(long revision, Bytes key) {
        return maps.get((int) revision - 1).get(key);
    }

    /** The keys in a range at a revision, in order. Compacted revisions can be read, too. */
    public List<KeyValue> at(long revision, KeyRange range) {
        return maps.get((int) revision - 1).values().stream()
                .filter(one -> range.contains(one.key()))
                .toList();
    }

    public AuthState auth() {
        return auth;
    }

    public StoreResponse apply(StoreCommand command) {
        return command instanceof StoreCommand.AsUser(Caller caller, StoreCommand inner)
                ? applyAs(caller, inner)
                : applyAs(null, command);
    }

    private StoreResponse applyAs(@Nullable Caller caller, StoreCommand command) {
        AuthRefusal refusal = new RightsModel(auth, caller, maps.getLast()).refusalOf(command);
        return refusal == null ? execute(command) : refused(new StoreRefusal.Auth(refusal));
    }

    private StoreResponse execute(StoreCommand command) {
        return switch (command) {
            case Put put -> write(put);
            case DeleteRange delete -> write(delete);
            case Txn txn -> write(txn);
            case StoreCommand.Compact(long to) -> {
                if (to > revision()) {
                    yield refused(new StoreRefusal.FutureRevision(to, revision()));
                }
                if (to <= compacted) {
                    yield refused(new StoreRefusal.Compacted(compacted));
                }
                compacted = to;
                yield new StoreResponse.Done(revision());
            }
            case StoreCommand.LeaseGrant(long id, long ttl) -> {
                if (leases.containsKey(id)) {
                    yield refused(new StoreRefusal.LeaseExists(id));
                }
                if (leases.size() == limits.maxLeases()) {
                    yield refused(new StoreRefusal.TooManyLeases(limits.maxLeases()));
                }
                long granted = Math.max(ttl, limits.minLeaseTtlMillis());
                leases.put(id, new Lease(id, granted, granted));
                yield new StoreResponse.LeaseGranted(revision(), id, granted);
            }
            case StoreCommand.LeaseRevoke(long id) -> {
                if (!leases.containsKey(id)) {
                    yield refused(new StoreRefusal.LeaseNotFound(id));
                }
                end(List.of(id));
                yield new StoreResponse.Done(revision());
            }
            case StoreCommand.LeaseKeepAlive(var ids) -> {
                List<StoreResponse.LeasesKeptAlive.Renewed> renewed = new ArrayList<>();
                for (long id : ids) {
                    Lease lease = leases.get(id);
                    if (lease != null) {
                        leases.put(id, new Lease(id, lease.ttlMillis(), lease.ttlMillis()));
                        renewed.add(new StoreResponse.LeasesKeptAlive.Renewed(id, lease.ttlMillis()));
                    }
                }
                yield new StoreResponse.LeasesKeptAlive(revision(), renewed);
            }
            case StoreCommand.LeaseTakeOver(Ballot taking) -> {
                if (taking.compareTo(clock) < 0) {
                    yield refused(new StoreRefusal.StaleLeaseClock());
                }
                clock = taking;
                yield new StoreResponse.Done(revision());
            }
            case StoreCommand.LeaseCheckpoint(Ballot from, var remaining) -> {
                if (!from.equals(clock)) {
                    yield refused(new StoreRefusal.StaleLeaseClock());
                }
                remaining.forEach(one -> leases.computeIfPresent(
                        one.id(),
                        (id, lease) -> new Lease(
                                id, lease.ttlMillis(), Math.min(lease.remainingMillis(), one.remainingMillis()))));
                yield new StoreResponse.Done(revision());
            }
            case StoreCommand.LeaseExpire(Ballot from, var ids) -> {
                if (!from.equals(clock)) {
                    yield refused(new StoreRefusal.StaleLeaseClock());
                }
                end(ids);
                yield new StoreResponse.Done(revision());
            }
            case StoreCommand.SessionOpen(long lease) -> {
                if (!leases.containsKey(lease)) {
                    yield refused(new StoreRefusal.LeaseNotFound(lease));
                }
                sessions.putIfAbsent(lease, new ModelSession());
                yield new StoreResponse.Done(revision());
            }
            case StoreCommand.SessionClose(long lease) ->
                sessions.remove(lease) == null
                        ? refused(new StoreRefusal.SessionNotFound(lease))
                        : new StoreResponse.Done(revision());
            case StoreCommand.InSession(long lease, long sequence, long below, StoreCommand inner) ->
                applyOnce(lease, sequence, below, inner);
            case StoreCommand.RaiseTimestampBound(long to) -> {
                long previous = bound;
                bound = Math.max(bound, to);
                yield new StoreResponse.TimestampBound(revision(), previous, bound);
            }
            case StoreCommand.DescribeMember(MemberDescription description) -> {
                members.put(description.id(), description);
                yield new StoreResponse.Done(revision());
            }
            case StoreCommand.PublishMember(MemberDescription own) -> {
                members.merge(
                        own.id(),
                        own,
                        (known, _) -> new MemberDescription(
                                own.id(),
                                own.name(),
                                known.peerUrls().isEmpty() ? own.peerUrls() : known.peerUrls(),
                                own.clientUrls(),
                                known.becomesVoter()));
                yield new StoreResponse.Done(revision());
            }
            case StoreCommand.ForgetMember(NodeId id) -> {
                members.remove(id);
                yield new StoreResponse.Done(revision());
            }
            case StoreCommand.ChangeAuth(AuthChange change) -> change(change);
            case StoreCommand.SetLimits _, StoreCommand.AsUser _ -> throw new IllegalArgumentException("not modelled");
        };
    }

    private StoreResponse applyOnce(long lease, long sequence, long below, StoreCommand inner) {
        ModelSession session = sessions.get(lease);
        if (session == null) {
            return refused(new StoreRefusal.SessionNotFound(lease));
        }
        session.acknowledgedBelow = Math.max(session.acknowledgedBelow, below);
        session.answers.headMap(session.acknowledgedBelow).clear();
        if (sequence < session.acknowledgedBelow) {
            return refused(new StoreRefusal.AlreadyAcknowledged(session.acknowledgedBelow));
        }
        StoreResponse known = session.answers.get(sequence);
        if (known != null) {
            return known;
        }
        if (session.answers.size() == limits.maxSessionWindow()) {
            return refused(new StoreRefusal.SessionWindowFull(limits.maxSessionWindow()));
        }
        StoreResponse answer = execute(inner);
        session.answers.put(sequence, answer);
        return answer;
    }

    /** By the rules of the store itself, which have tests of their own; what callers may do is modelled. */
    private StoreResponse change(AuthChange change) {
        try {
            auth = AuthRules.apply(auth, change);
            return new StoreResponse.Done(revision());
        } catch (AuthRules.RefusedException e) {
            return refused(new StoreRefusal.Auth(e.refusal()));
        }
    }

    private StoreResponse refused(StoreRefusal refusal) {
        return new StoreResponse.Refused(revision(), refusal);
    }

    private void begin() {
        next = new TreeMap<>(maps.getLast());
        newEvents = new ArrayList<>();
    }

    private void commit() {
        if (!newEvents.isEmpty()) {
            maps.add(next);
            events.add(newEvents);
        }
        newEvents = new ArrayList<>();
    }

    private StoreResponse write(Operation operation) {
        begin();
        StoreRefusal refusal = forms.refusalOf(operation);
        if (refusal == null) {
            refusal = refusalByContent(operation);
        }
        StoreResponse answer = refusal == null ? execute(operation, maps.getLast()) : refused(refusal);
        commit();
        return answer;
    }

    private void end(List<Long> ids) {
        begin();
        for (long id : ids) {
            if (leases.remove(id) != null) {
                sessions.remove(id);
                List.copyOf(next.values()).stream()
                        .filter(one -> one.lease() == id)
                        .forEach(one -> delete(one.key()));
            }
        }
        commit();
    }

    private void delete(Bytes key) {
        newEvents.add(new KeyEvent.Deleted(key, revision() + 1, next.remove(key)));
    }

    /** Refusals that depend on the content of the store. */
    private @Nullable StoreRefusal refusalByContent(Operation operation) {
        SortedMap<Bytes, KeyValue> now = maps.getLast();
        return switch (operation) {
            case Operation.Range range -> {
                long at = range.options().revision();
                if (at > revision()) {
                    yield new StoreRefusal.FutureRevision(at, revision());
                }
                yield at != 0 && at < compacted ? new StoreRefusal.Compacted(compacted) : null;
            }
            case Put put -> {
                if ((put.ignoreValue() || put.ignoreLease()) && !now.containsKey(put.key())) {
                    yield new StoreRefusal.KeyNotFound(put.key());
                }
                yield put.lease() != 0 && !leases.containsKey(put.lease())
                        ? new StoreRefusal.LeaseNotFound(put.lease())
                        : null;
            }
            case DeleteRange _ -> null;
            case Txn txn -> {
                for (Operation one : ConditionModel.holds(txn, now) ? txn.then() : txn.otherwise()) {
                    StoreRefusal inner = refusalByContent(one);
                    if (inner != null) {
                        yield inner;
                    }
                }
                yield null;
            }
        };
    }

    private StoreResponse execute(Operation operation, SortedMap<Bytes, KeyValue> before) {
        return switch (operation) {
            case Operation.Range range -> range(range);
            case Put put -> {
                KeyValue previous = next.get(put.key());
                KeyValue current = new KeyValue(
                        put.key(),
                        put.ignoreValue() ? previous.value() : put.value(),
                        previous == null ? revision() + 1 : previous.createRevision(),
                        revision() + 1,
                        previous == null ? 1 : previous.version() + 1,
                        put.ignoreLease() ? previous.lease() : put.lease());
                next.put(put.key(), current);
                newEvents.add(new KeyEvent.Put(current, previous));
                yield new StoreResponse.Put(revision() + 1, put.returnPrevious() ? previous : null);
            }
            case DeleteRange delete -> {
                List<KeyValue> gone = next.values().stream()
                        .filter(one -> delete.keys().contains(one.key()))
                        .toList();
                gone.forEach(one -> delete(one.key()));
                yield new StoreResponse.DeleteRange(
                        revisionInProgress(), gone.size(), delete.returnPrevious() ? gone : List.of());
            }
            case Txn txn -> {
                boolean succeeded = ConditionModel.holds(txn, before);
                List<StoreResponse> answers = new ArrayList<>();
                for (Operation one : succeeded ? txn.then() : txn.otherwise()) {
                    answers.add(execute(one, before));
                }
                yield new StoreResponse.Txn(revisionInProgress(), succeeded, answers);
            }
        };
    }

    private long revisionInProgress() {
        return newEvents.isEmpty() ? revision() : revision() + 1;
    }

    /** Reads outside of a transaction, from the newest map. */
    StoreResponse read(Operation.Range range) {
        begin();
        StoreRefusal refusal = refusalByContent(range);
        return refusal == null ? range(range) : refused(refusal);
    }

    private StoreResponse range(Operation.Range range) {
        RangeOptions options = range.options();
        SortedMap<Bytes, KeyValue> map = options.revision() == 0 ? next : maps.get((int) options.revision() - 1);
        List<KeyValue> all = map.values().stream()
                .filter(one -> range.keys().contains(one.key()))
                .toList();
        if (options.detail() == RangeOptions.Detail.COUNT) {
            return new StoreResponse.Range(revisionInProgress(), List.of(), false, all.size());
        }
        List<KeyValue> told = all.stream()
                .filter(options::admit)
                .sorted(options.sort().order())
                .toList();
        boolean more = options.limit() > 0 && told.size() > options.limit();
        return new StoreResponse.Range(
                revisionInProgress(),
                told.stream()
                        .limit(more ? options.limit() : told.size())
                        .map(one -> options.detail() == RangeOptions.Detail.KEYS ? one.withoutValue() : one)
                        .toList(),
                more,
                all.size());
    }
}
