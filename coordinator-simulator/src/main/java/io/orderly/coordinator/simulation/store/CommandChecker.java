package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.simulation.PropertyViolation;
import io.orderly.coordinator.store.AuthState;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.Revision;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreModel;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.coordinator.store.StoreResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks each command that is decided, in the order of the log: it is applied to a {@link StoreModel} when the first node applies it,
 * and its response and the revision that it made must be those of the model. What clients receive is compared with this.
 */
final class CommandChecker {

    static final String MODEL = "the store behaves like its model";
    static final String ONCE = "a command of a session takes effect once";
    static final String REVISIONS = "revisions are numbered without gaps";
    static final String READS = "a read returns what its revision contains";

    /** Receives decided commands. */
    interface Listener {

        /** A command took effect, or the store refused it; not called for a repeated command of a session. */
        default void decided(StoreCommand command, StoreResponse response) {}

        /** A command of a session took effect for the first time. */
        default void tookEffect(long session, long sequence) {}

        default void revised(Revision revision) {}
    }

    private record SessionCommand(long session, long sequence) {}

    private final List<Listener> listeners = new ArrayList<>();
    private final StoreModel model = new StoreModel(StoreServer.SETTINGS.initialLimits());
    private final List<Revision> revisions = new ArrayList<>();
    private final Set<SessionCommand> executed = new HashSet<>();

    void add(Listener listener) {
        listeners.add(listener);
    }

    /** The newest revision; 1 before the first. */
    long revision() {
        return model.revision();
    }

    /** The lowest revision that can be read. */
    long compacted() {
        return model.compacted();
    }

    /** Users and what they may do. */
    AuthState auth() {
        return model.auth();
    }

    boolean hasLease(long id) {
        return model.hasLease(id);
    }

    /** @param number from 2 to the newest */
    Revision revision(long number) {
        return revisions.get((int) (number - 2));
    }

    @Nullable KeyValue at(long revision, Bytes key) {
        return model.at(revision, key);
    }

    /** A node has applied a command that no other node had applied before. */
    void decided(StoreCommand command, StoreResponse response, @Nullable Revision revision) {
        check(command, response, revision);
        StoreCommand inner = command;
        boolean isFirst = true;
        if (command instanceof StoreCommand.InSession(long session, long sequence, long _, StoreCommand own)) {
            inner = own;
            isFirst = !refusesRequest(response) && executed.add(new SessionCommand(session, sequence));
            if (isFirst) {
                listeners.forEach(one -> one.tookEffect(session, sequence));
            }
        }
        if (isFirst) {
            for (Listener one : listeners) {
                one.decided(inner, response);
            }
        }
        if (revision != null) {
            listeners.forEach(one -> one.revised(revision));
        }
    }

    /** Whether the session refused the request, and not the store its command. */
    private static boolean refusesRequest(StoreResponse response) {
        return response instanceof StoreResponse.Refused(long _, StoreRefusal refusal)
                && (refusal instanceof StoreRefusal.SessionNotFound
                        || refusal instanceof StoreRefusal.AlreadyAcknowledged
                        || refusal instanceof StoreRefusal.SessionWindowFull);
    }

    private void check(StoreCommand command, StoreResponse response, @Nullable Revision revision) {
        String property = command instanceof StoreCommand.InSession ? ONCE : MODEL;
        long before = model.revision();
        StoreResponse expected = model.apply(command);
        if (!response.equals(expected)) {
            throw PropertyViolation.safety(
                    property, "%s returned %s, the model %s".formatted(command, response, expected));
        }
        List<KeyEvent> expectedEvents = model.revision() == before ? List.of() : model.events(model.revision());
        List<KeyEvent> events = revision == null ? List.of() : revision.events();
        if (!events.equals(expectedEvents)) {
            throw PropertyViolation.safety(
                    property, "%s made %s, in the model %s".formatted(command, events, expectedEvents));
        }
        if (revision != null) {
            if (revision.number() != model.revision()) {
                throw PropertyViolation.safety(
                        REVISIONS, "%s made revision %d after %d".formatted(command, revision.number(), before));
            }
            revisions.add(revision);
        }
    }

    /** A client has read a range, or was refused because the revision is compacted or in the future. */
    void checkRead(Operation.Range range, StoreResponse response) {
        long requested = range.options().revision();
        boolean isCorrect = switch (response) {
            case StoreResponse.Range read -> {
                long at = requested == 0 ? read.revision() : requested;
                yield read.revision() <= model.revision()
                        && model.at(at, range.keys()).equals(read.keyValues());
            }
            case StoreResponse.Refused(long _, StoreRefusal.Compacted(long revision)) ->
                requested != 0 && requested < revision && revision <= model.compacted();
            case StoreResponse.Refused(long newest, StoreRefusal.FutureRevision _) -> requested > newest;
            default -> false;
        };
        if (!isCorrect) {
            throw PropertyViolation.safety(
                    READS, "%s returned %s; the newest revision is %d".formatted(range, response, model.revision()));
        }
    }
}
