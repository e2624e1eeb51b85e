package io.orderly.gossip.protocol;

import io.orderly.gossip.member.Claim;
import io.orderly.gossip.member.Liveness;
import io.orderly.gossip.member.MemberRecord;
import io.orderly.gossip.member.MemberState;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a member knows of all members, itself included. Merges what it learns; only the owner of the knowledge writes its own entry.
 *
 * <p>A forgotten member leaves its incarnation behind, so that old messages do not bring it back. At most as many of these are kept as there
 * may be members, the newest ones. If an older one is revived nevertheless, it does not answer, and dies again.
 */
final class Knowledge {

    /** A member that is known, and since when. Times are in periods of the owner unless they say otherwise. */
    static final class Entry {
        private MemberState state;
        private long heardAtMillis;
        private long livenessSinceMillis;
        private long suspicionEnds = Long.MAX_VALUE;
        private long endedAt;

        private Entry(MemberState state, long nowMillis) {
            this.state = state;
            this.heardAtMillis = nowMillis;
            this.livenessSinceMillis = nowMillis;
        }

        MemberState state() {
            return state;
        }

        /** When the record became known or the member itself was heard, in monotonic milliseconds. */
        long heardAtMillis() {
            return heardAtMillis;
        }

        /** When the liveness became what it is, in monotonic milliseconds. */
        long livenessSinceMillis() {
            return livenessSinceMillis;
        }

        boolean isLive() {
            return state.liveness().isLive();
        }

        InetSocketAddress address() {
            return state.record().description().gossipAddress();
        }

        private void become(MemberState next, long nowMillis) {
            if (next.liveness() != state.liveness()) {
                livenessSinceMillis = nowMillis;
            }
            state = next;
        }
    }

    private final GossipSettings settings;
    private final String self;
    private final Counters counters;
    private final NavigableMap<String, Entry> entries = new TreeMap<>();
    private final Map<String, Long> forgotten;
    private int live;

    Knowledge(GossipSettings settings, MemberState self, Counters counters, long nowMillis) {
        this.settings = settings;
        this.self = self.id();
        this.counters = counters;
        this.forgotten = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > settings.membersMax();
            }
        };
        entries.put(self.id(), new Entry(self, nowMillis));
        live = 1;
    }

    MemberState self() {
        return entries.get(self).state;
    }

    /** Replaces the own record by a newer one. */
    void writeSelf(MemberRecord record) {
        Entry entry = entries.get(self);
        entry.state = new MemberState(record, entry.state.claim());
    }

    /** Claims that the owner left. */
    void leave(long nowMillis) {
        Entry entry = entries.get(self);
        entry.become(entry.state.merge(new Claim(entry.state.incarnation(), Liveness.LEFT)), nowMillis);
        live--;
    }

    @Nullable Entry get(String id) {
        return entries.get(id);
    }

    /** All members with ids above the given one, in their order. */
    Collection<Entry> after(String id) {
        return entries.tailMap(id, false).values();
    }

    /** All members in the order of their ids. */
    Collection<Entry> all() {
        return entries.values();
    }

    /** The number of live members, including this one. */
    int liveCount() {
        return live;
    }

    /** Other members that are live, or dead; not those that left. */
    List<Entry> others(boolean alive) {
        List<Entry> others = new ArrayList<>();
        for (Entry entry : entries.values()) {
            boolean selected = alive ? entry.isLive() : entry.state.liveness() == Liveness.DEAD;
            if (selected && !entry.state.id().equals(self)) {
                others.add(entry);
            }
        }
        return others;
    }

    Set<InetSocketAddress> addresses() {
        Set<InetSocketAddress> addresses = new HashSet<>();
        entries.values().forEach(entry -> addresses.add(entry.address()));
        return addresses;
    }

    /** What a member has to refute to be live here; null if it is alive or not known. */
    @Nullable Claim claimAgainst(String id) {
        Entry entry = entries.get(id);
        if (entry != null) {
            return entry.state.liveness() == Liveness.ALIVE ? null : entry.state.claim();
        }
        Long incarnation = forgotten.get(id);
        return incarnation == null ? null : new Claim(incarnation, Liveness.DEAD);
    }

    boolean isForgotten(String id, long incarnation) {
        return incarnation <= forgotten.getOrDefault(id, -1L);
    }

    void heard(String id, long nowMillis) {
        Entry entry = entries.get(id);
        if (entry != null) {
            entry.heardAtMillis = nowMillis;
        }
    }

    /**
     * Merges what is known of another member.
     *
     * @param period of this member
     * @return null if nothing changed
     */
    Effect.@Nullable Changed learn(MemberState incoming, long period, long nowMillis) {
        Entry entry = entries.get(incoming.id());
        if (entry != null) {
            MemberState merged = entry.state.merge(incoming);
            if (!merged.record().equals(entry.state.record())) {
                entry.heardAtMillis = nowMillis;
            }
            return replace(entry, merged, period, nowMillis);
        }
        if (isForgotten(incoming.id(), incoming.record().incarnation())) {
            return null;
        }
        if (!incoming.liveness().isLive()) {
            // not listed, so that members that are gone are not passed on for ever
            forgotten.put(incoming.id(), incoming.incarnation());
            return null;
        }
        if (entries.size() >= settings.membersMax() && !forgetOldest()) {
            counters.count(Refusal.MEMBERS);
            return null;
        }
        forgotten.remove(incoming.id());
        var added = new Entry(incoming, nowMillis);
        entries.put(incoming.id(), added);
        live++;
        watchSuspicion(added, period);
        return new Effect.Changed(null, incoming);
    }

    /** Merges a claim about another member. If the member is not known, the claim has no effect. */
    Effect.@Nullable Changed learn(String id, Claim claim, long period, long nowMillis) {
        Entry entry = entries.get(id);
        return entry == null ? null : replace(entry, entry.state.merge(claim), period, nowMillis);
    }

    /** The suspected members whose time to refute is over. */
    List<MemberState> timedOut(long period) {
        return entries.values().stream()
                .filter(entry -> entry.suspicionEnds <= period)
                .map(Entry::state)
                .toList();
    }

    /** Forgets members that are dead, or left, for long enough. */
    List<Effect.Changed> forget(long period) {
        return entries.values().stream()
                .filter(entry -> !entry.state.id().equals(self)
                        && !entry.isLive()
                        && entry.endedAt + settings.forgetPeriods() <= period)
                .toList()
                .stream()
                .map(this::remove)
                .toList();
    }

    private Effect.@Nullable Changed replace(Entry entry, MemberState merged, long period, long nowMillis) {
        MemberState before = entry.state;
        if (merged.equals(before)) {
            return null;
        }
        boolean wasLive = entry.isLive();
        entry.become(merged, nowMillis);
        live += (entry.isLive() ? 1 : 0) - (wasLive ? 1 : 0);
        if (wasLive && !entry.isLive()) {
            entry.endedAt = period;
        }
        if (merged.liveness() != before.liveness() || merged.incarnation() != before.incarnation()) {
            watchSuspicion(entry, period);
        }
        return new Effect.Changed(before, merged);
    }

    private void watchSuspicion(Entry entry, long period) {
        boolean suspected = entry.state.liveness() == Liveness.SUSPECT;
        entry.suspicionEnds = suspected ? period + settings.suspicionPeriods(live) : Long.MAX_VALUE;
        if (suspected) {
            counters.count(Counters.Event.SUSPICIONS);
        }
    }

    private boolean forgetOldest() {
        return entries.values().stream()
                .filter(entry -> !entry.isLive() && !entry.state.id().equals(self))
                .min(Comparator.comparingLong(entry -> entry.endedAt))
                .map(this::remove)
                .isPresent();
    }

    private Effect.Changed remove(Entry entry) {
        entries.remove(entry.state.id());
        forgotten.put(entry.state.id(), entry.state.incarnation());
        return new Effect.Changed(entry.state, null);
    }
}
