package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.simulation.PropertyViolation;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.Revision;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.coordinator.store.StoreResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is decided, in the order of the log: each command once, when the first node applies it, with its answer and the revision
 * that it made. Each is compared with a model. Whatever clients are told must be found in here.
 */
final class CommandChecker {

    static final String MODEL = "the store does what the model does";
    static final String ONCE = "a command of a session takes effect once";
    static final String REVISIONS = "revisions follow each other";
    static final String READS = "a read tells what was there at its revision";

    /** Hears what is decided. */
    interface Listener {

        /** A command that took effect, or that the store refused for good; a repeated one is not told again. */
        default void decided(StoreCommand command, StoreResponse answer) {}

        /** A command of a session took effect for the first time. */
        default void tookEffect(long session, long sequence) {}

        default void revised(Revision revision) {}
    }

    private record Sent(long session, long sequence) {}

    private final List<Listener> listeners = new ArrayList<>();
    private final KeyspaceModel model = new KeyspaceModel();
    private final List<Revision> revisions = new ArrayList<>();
    private final Map<Sent, StoreResponse> executed = new HashMap<>();
    private final TreeSet<Long> leases = new TreeSet<>();
    private long compacted;

    void add(Listener listener) {
        listeners.add(listener);
    }

    /** The newest; 1 before the first. */
    long revision() {
        return model.revision();
    }

    /** The least that can be read. */
    long compacted() {
        return compacted;
    }

    /** Leases that are there now. */
    TreeSet<Long> leases() {
        return leases;
    }

    /** @param number from 2 to the newest */
    Revision revision(long number) {
        return revisions.get((int) (number - 2));
    }

    @Nullable KeyValue at(long revision, Bytes key) {
        return model.at(revision, key);
    }

    List<KeyValue> at(long revision, KeyRange range) {
        return model.at(revision, range);
    }

    /** A node has applied a command that no other had applied before. */
    void decided(StoreCommand command, StoreResponse answer, @Nullable Revision revision) {
        if (command instanceof StoreCommand.InSession request) {
            decided(request, answer, revision);
        } else {
            check(command, answer, revision);
            listeners.forEach(one -> one.decided(command, answer));
        }
        if (revision != null) {
            listeners.forEach(one -> one.revised(revision));
        }
    }

    private void decided(StoreCommand.InSession request, StoreResponse answer, @Nullable Revision revision) {
        Sent sent = new Sent(request.lease(), request.sequence());
        StoreResponse before = executed.get(sent);
        boolean isRefused = answer instanceof StoreResponse.Refused refused && refusesRequest(refused.refusal());
        if (before != null || isRefused) {
            boolean repeats = isRefused || answer instanceof StoreResponse.ResponseNotKept || answer.equals(before);
            if (revision != null || !repeats) {
                throw PropertyViolation.safety(
                        ONCE, "%s was answered %s, and then %s with %s".formatted(request, before, answer, revision));
            }
            return;
        }
        executed.put(sent, answer);
        check(request.command(), answer, revision);
        listeners.forEach(one -> one.tookEffect(request.lease(), request.sequence()));
        listeners.forEach(one -> one.decided(request.command(), answer));
    }

    private static boolean refusesRequest(StoreRefusal refusal) {
        return refusal instanceof StoreRefusal.SessionNotFound
                || refusal instanceof StoreRefusal.AlreadyAcknowledged
                || refusal instanceof StoreRefusal.SessionWindowFull;
    }

    private void check(StoreCommand command, StoreResponse answer, @Nullable Revision revision) {
        List<KeyEvent> expected = List.of();
        boolean inOrder = true;
        if (!(answer instanceof StoreResponse.Refused)) {
            switch (command) {
                case Operation operation -> {
                    Object told = model.execute(operation);
                    expected = model.events();
                    Object actual = KeyspaceModel.told(answer, operation);
                    boolean same =
                            operation instanceof StoreCommand.Put put && !put.returnPrevious() || told.equals(actual);
                    if (!same) {
                        throw PropertyViolation.safety(
                                MODEL, "%s told %s, the model %s".formatted(command, actual, told));
                    }
                }
                case StoreCommand.LeaseGrant grant -> leases.add(grant.id());
                case StoreCommand.LeaseRevoke revoke -> {
                    expected = model.end(List.of(revoke.id()));
                    inOrder = false;
                    leases.remove(revoke.id());
                }
                case StoreCommand.LeaseExpire expire -> {
                    expected = model.end(expire.ids());
                    inOrder = false;
                    expire.ids().forEach(leases::remove);
                }
                case StoreCommand.Compact compact -> compacted = Math.max(compacted, compact.revision());
                default -> {}
            }
        }
        check(command, expected, revision, inOrder);
    }

    private void check(StoreCommand command, List<KeyEvent> expected, @Nullable Revision revision, boolean inOrder) {
        List<KeyEvent> events = revision == null ? List.of() : revision.events();
        boolean same =
                inOrder ? events.equals(expected) : events.size() == expected.size() && events.containsAll(expected);
        if (!same) {
            throw PropertyViolation.safety(MODEL, "%s did %s, in the model %s".formatted(command, events, expected));
        }
        if (revision == null) {
            return;
        }
        if (revision.number() != model.revision() + 1) {
            throw PropertyViolation.safety(
                    REVISIONS, "%s made revision %d after %d".formatted(command, revision.number(), model.revision()));
        }
        model.commit();
        revisions.add(revision);
    }

    /** A client was told what is, or was, in a range; or that this is compacted. */
    void checkRead(Operation.Range range, StoreResponse answer) {
        long asked = range.options().revision();
        boolean isTrue = switch (answer) {
            case StoreResponse.Range told -> {
                long at = asked == 0 ? told.revision() : asked;
                yield told.revision() <= model.revision()
                        && model.at(at, range.keys()).equals(told.keyValues());
            }
            case StoreResponse.Refused(long _, StoreRefusal.Compacted(long revision)) ->
                asked != 0 && asked < revision && revision <= compacted;
            case StoreResponse.Refused(long newest, StoreRefusal.FutureRevision _) -> asked > newest;
            default -> false;
        };
        if (!isTrue) {
            throw PropertyViolation.safety(
                    READS, "%s was answered %s; the newest revision is %d".formatted(range, answer, model.revision()));
        }
    }
}
