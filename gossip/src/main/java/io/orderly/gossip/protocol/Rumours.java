package io.orderly.gossip.protocol;

import io.orderly.gossip.message.Update;
import io.orderly.gossip.message.WireSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * News to attach to messages. Each is attached to a limited number of messages: the more urgent kind first, and of one kind what was sent
 * least often, so that new news passes old.
 */
final class Rumours {

    /** What changed, the most urgent first. */
    enum Kind {
        /** A claim about a member. */
        CLAIM,
        /** A new member, or a new incarnation. */
        INCARNATION,
        /** A new load. */
        LOAD
    }

    private record Subject(String id, boolean claim) {}

    private record Rumour(Subject subject, Kind kind, int sent) {
        Rumour sentAgain() {
            return new Rumour(subject, kind, sent + 1);
        }
    }

    private static final Comparator<Rumour> ORDER = Comparator.comparing(Rumour::kind)
            .thenComparingInt(Rumour::sent)
            .thenComparing(rumour -> rumour.subject.id());

    private final Map<Subject, Rumour> rumours = new HashMap<>();
    private final NavigableSet<Rumour> ordered = new TreeSet<>(ORDER);

    /** Begins to spread a change. A load that is being spread already keeps its number of messages; the newest value is sent. */
    void add(String id, Kind kind) {
        var subject = new Subject(id, kind == Kind.CLAIM);
        Rumour present = rumours.get(subject);
        if (kind != Kind.LOAD || present == null) {
            replace(present, new Rumour(subject, kind, 0));
        }
    }

    /**
     * Chooses updates for a message.
     *
     * @param bytes how much room there is
     * @param sendsMax how often each is sent
     * @param knowledge where the current state of a member is found
     * @param except a member that the message is about already, or null
     */
    List<Update> take(int bytes, int sendsMax, Knowledge knowledge, @Nullable String except) {
        List<Update> updates = new ArrayList<>();
        int left = bytes;
        List<Rumour> passed = new ArrayList<>();
        for (Rumour rumour : ordered) {
            Knowledge.Entry entry = knowledge.get(rumour.subject.id());
            if (entry == null) {
                passed.add(rumour);
                continue;
            }
            if (rumour.subject.claim() && rumour.subject.id().equals(except)) {
                continue;
            }
            Update update = rumour.subject.claim()
                    ? new Update.About(rumour.subject.id(), entry.state().claim())
                    : new Update.State(entry.state());
            int size = WireSize.of(update);
            if (size > left) {
                break;
            }
            left -= size;
            updates.add(update);
            passed.add(rumour);
        }
        for (Rumour rumour : passed) {
            boolean ends = knowledge.get(rumour.subject.id()) == null || rumour.sent + 1 >= sendsMax;
            replace(rumour, ends ? null : rumour.sentAgain());
        }
        return updates;
    }

    private void replace(@Nullable Rumour before, @Nullable Rumour after) {
        if (before != null) {
            ordered.remove(before);
            rumours.remove(before.subject);
        }
        if (after != null) {
            ordered.add(after);
            rumours.put(after.subject, after);
        }
    }

    int size() {
        return rumours.size();
    }
}
