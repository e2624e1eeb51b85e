package io.orderly.gossip.protocol;

import io.orderly.gossip.member.MemberRecord;
import io.orderly.gossip.member.MemberState;
import io.orderly.gossip.member.MemberText;
import io.orderly.gossip.message.DigestEntry;
import io.orderly.gossip.message.Message;
import io.orderly.gossip.message.Update;
import io.orderly.gossip.message.WireSize;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares version vectors with one member at a time, a range of ids after the other, so that every message is bounded. The other one answers
 * with what is newer there, and asks for what is newer here.
 */
final class AntiEntropy {

    /** How many ranges are compared in a period at most; less than the number of messages that the other side accepts. */
    private static final int RANGES_PER_PERIOD_MAX = 16;

    private final String cluster;
    private final Knowledge knowledge;

    /** Where the next range begins: after this id. */
    private String position = "";

    private boolean complete;
    private int rangesLeft = RANGES_PER_PERIOD_MAX;
    private @Nullable InetSocketAddress peer;
    private String rangeEnd = "";

    AntiEntropy(String cluster, Knowledge knowledge) {
        this.cluster = cluster;
        this.knowledge = knowledge;
    }

    void beginPeriod() {
        rangesLeft = RANGES_PER_PERIOD_MAX;
        peer = null;
    }

    /** Whether all ids have been compared with some member since the start. */
    boolean isComplete() {
        return complete;
    }

    /** Whether an answer is awaited, or enough was compared in this period. */
    boolean isBusy() {
        return peer != null || rangesLeft == 0;
    }

    /** The version vector of the next range, for the given member. */
    Message.Digest begin(InetSocketAddress to) {
        MemberRecord self = knowledge.self().record();
        int left = WireSize.available(cluster, self, position) - 1 - MemberText.NAME_LENGTH_MAX;
        List<DigestEntry> entries = new ArrayList<>();
        String end = "";
        for (Knowledge.Entry entry : knowledge.after(position)) {
            DigestEntry next = DigestEntry.of(entry.state());
            left -= WireSize.of(next);
            if (left < 0) {
                end = entries.getLast().id();
                break;
            }
            entries.add(next);
        }
        peer = to;
        rangeEnd = end;
        rangesLeft--;
        return new Message.Digest(self, position, end, entries);
    }

    /**
     * Advances to the next range after an answer.
     *
     * @return whether to compare the next range with the same member at once
     */
    boolean advance(InetSocketAddress from, Message.Delta delta) {
        if (!from.equals(peer)) {
            return false;
        }
        peer = null;
        boolean isLast = !delta.more() && rangeEnd.isEmpty();
        if (delta.more() && !delta.states().isEmpty()) {
            position = delta.states().getLast().id();
        } else {
            position = rangeEnd;
        }
        boolean wasComplete = complete;
        complete |= isLast;
        return rangesLeft > 0 && (delta.more() || !wasComplete && !isLast);
    }

    /** The answer to the version vector of another member. */
    Message.Delta answer(Message.Digest digest) {
        MemberRecord self = knowledge.self().record();
        int left = WireSize.available(cluster, self);
        List<Update.State> states = new ArrayList<>();
        List<String> wanted = new ArrayList<>();
        Map<String, DigestEntry> vector = new HashMap<>();
        digest.entries().forEach(entry -> vector.put(entry.id(), entry));
        boolean more = false;
        for (Knowledge.Entry entry : knowledge.after(digest.after())) {
            MemberState state = entry.state();
            if (!digest.covers(state.id())) {
                break;
            }
            DigestEntry theirs = vector.get(state.id());
            if (theirs == null ? entry.isLive() : theirs.isOlderThan(state)) {
                var update = new Update.State(state);
                if (WireSize.of(update) > left) {
                    more = true;
                    break;
                }
                left -= WireSize.of(update);
                states.add(update);
            }
        }
        for (DigestEntry theirs : digest.entries()) {
            Knowledge.Entry ours = knowledge.get(theirs.id());
            boolean wants = ours == null
                    ? !knowledge.isForgotten(theirs.id(), theirs.version().incarnation())
                    : theirs.isNewerThan(ours.state());
            if (wants && WireSize.of(theirs.id()) <= left) {
                left -= WireSize.of(theirs.id());
                wanted.add(theirs.id());
            }
        }
        return new Message.Delta(self, states, more, wanted);
    }

    /** @return what another member wants to know; null if nothing of it is known */
    Message.@Nullable Delta answer(List<String> wanted) {
        MemberRecord self = knowledge.self().record();
        int left = WireSize.available(cluster, self);
        List<Update.State> states = new ArrayList<>();
        for (String id : wanted) {
            Knowledge.Entry entry = knowledge.get(id);
            if (entry != null) {
                var update = new Update.State(entry.state());
                if (WireSize.of(update) > left) {
                    break;
                }
                left -= WireSize.of(update);
                states.add(update);
            }
        }
        return states.isEmpty() ? null : new Message.Delta(self, states, false, List.of());
    }
}
