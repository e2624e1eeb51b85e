package io.orderly.coordinator.consensus;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of a replica that remembers: promise, accepted entries, commit index and snapshot. It writes down every change and
 * hands out decided entries. It obeys; whom to obey is for the roles to decide.
 */
final class Acceptor {

    private final Configuration configuration;
    private final Rules rules;
    private final Outbox outbox;
    private final SlotLog log;
    private Ballot promised;
    private long commit;
    private long applied;
    /** Decided before the restart; corrupt slots keep the commit index below it. */
    private final long decidedMark;

    private long writtenMark;
    private Electorate electorate;
    private @Nullable Snapshot snapshot;
    private boolean installing;
    private boolean taking;
    private long appliedBytes;

    Acceptor(Configuration configuration, Rules rules, Outbox outbox, DurableState durable) {
        this.configuration = configuration;
        this.rules = rules;
        this.outbox = outbox;
        log = new SlotLog(durable);
        promised = durable.promised();
        snapshot = durable.snapshot();
        decidedMark = durable.commitMark();
        writtenMark = durable.commitMark();
        electorate = snapshot == null ? Electorate.initial(durable.initialMembership()) : snapshot.electorate();
        commit = snapshotSlot();
        applied = snapshotSlot();
        if (snapshotSlot() > log.last()) {
            dropThrough(snapshotSlot());
        } else if (!log.faulty().headSet(snapshotSlot() + 1).isEmpty()) {
            dropThrough(log.faulty().headSet(snapshotSlot() + 1).last());
        }
        commitTo(Math.max(commit, decidedHere(log.last())));
    }

    Ballot promised() {
        return promised;
    }

    SlotLog log() {
        return log;
    }

    long commit() {
        return commit;
    }

    long applied() {
        return applied;
    }

    /** Who decides on the first slot above the commit index. */
    Electorate electorate() {
        return electorate;
    }

    /** As {@link #electorate()}. */
    Membership membership() {
        return electorate.membership();
    }

    @Nullable Snapshot snapshot() {
        return snapshot;
    }

    long snapshotSlot() {
        return snapshot == null ? 0 : snapshot.slot();
    }

    boolean isInstalling() {
        return installing;
    }

    void promise(Ballot ballot) {
        Invariant.PROMISE_ONLY_GROWS.check(
                ballot.compareTo(promised) > 0, () -> "%s after %s".formatted(ballot, promised));
        promised = ballot;
        outbox.persist(new DurableRecord.Promised(ballot));
    }

    void accept(Entry entry) {
        Invariant.DECIDED_STAYS.check(entry.slot() > commit, () -> "%s at commit %d".formatted(entry, commit));
        Invariant.PROMISE_ONLY_GROWS.check(
                entry.ballot().equals(promised), () -> "%s under promise %s".formatted(entry, promised));
        if (log.put(entry)) {
            outbox.event(new Event.SlotRepaired(entry.slot()));
        }
        outbox.persist(new DurableRecord.Accepted(entry));
    }

    /**
     * A follower's match index under a ballot: the highest slot up to which each is decided, or accepted under it.
     *
     * @param from a slot up to which this is known to hold
     */
    long match(Ballot ballot, long from) {
        long match = Math.max(from, commit);
        Entry next = log.get(match + 1);
        while (next != null && rules.matches(next, ballot, decidedMark)) {
            match++;
            next = log.get(match + 1);
        }
        return match;
    }

    /** The highest slot up to a match index that was known to be decided before the restart. */
    long decidedHere(long match) {
        long readable =
                log.faulty().isEmpty() ? match : Math.min(match, log.faulty().first() - 1);
        return Math.min(decidedMark, readable);
    }

    /** Every slot up to this one is decided, and what lies here is what was decided. */
    void commitTo(long slot) {
        Invariant.COMMIT_ONLY_GROWS.check(
                slot >= commit && slot <= log.last(),
                () -> "%d after %d, the log ends at %d".formatted(slot, commit, log.last()));
        while (commit < slot) {
            commit++;
            Electorate next = rules.electorateAfter(electorate, log.entry(commit));
            if (!next.equals(electorate)) {
                electorate = next;
                outbox.event(new Event.MembershipDecided(commit, next.membership()));
            }
        }
        deliver();
    }

    /** Cuts off what is dead under the ballot of a leader who settled everything up to a slot. */
    void cutDeadTail(Ballot leader, long settled) {
        long last = log.last();
        long kept = last;
        while (kept > log.lowWaterMark() && rules.isDead(kept, log.ballotAtMost(kept), leader, settled, commit)) {
            kept--;
        }
        if (kept < last) {
            Invariant.DECIDED_STAYS.check(kept >= commit, () -> "cut after a slot below the commit index " + commit);
            log.cutAfter(kept);
            outbox.persist(new DurableRecord.TailCut(kept));
            outbox.event(new Event.TailCut(kept, last - kept));
        }
    }

    /** The snapshot file is complete: until it is installed, nothing more is handed out. */
    void beginInstalling(Snapshot complete) {
        installing = true;
        outbox.task(new SnapshotTask.Install(complete));
    }

    void installed(Snapshot complete) {
        installing = false;
        Invariant.APPLY_IN_ORDER.check(
                complete.slot() > applied, () -> "%s is behind slot %d".formatted(complete, applied));
        snapshot = complete;
        applied = complete.slot();
        appliedBytes = 0;
        dropThrough(complete.slot());
        if (complete.slot() > commit) {
            commit = complete.slot();
            electorate = complete.electorate();
        }
        outbox.event(new Event.SnapshotInstalled(complete));
        commitTo(Math.max(commit, decidedHere(log.last())));
        checkMarks();
    }

    void spoiled() {
        installing = false;
        deliver();
    }

    void taken(Snapshot complete) {
        taking = false;
        if (complete.slot() <= snapshotSlot()) {
            return;
        }
        snapshot = complete;
        long keep = Math.max(log.lowWaterMark(), complete.slot() - configuration.retainedEntries());
        long kept = log.sizeInBytes();
        for (long slot = log.lowWaterMark() + 1; slot <= complete.slot(); slot++) {
            if (slot > keep && kept <= configuration.snapshotAfterBytes()) {
                break;
            }
            kept -= log.entry(slot).payload().sizeInBytes();
            keep = Math.max(keep, slot);
        }
        if (keep > log.lowWaterMark()) {
            dropThrough(keep);
        }
        checkMarks();
    }

    /**
     * Asks for a snapshot when enough was applied since the last; while somebody fetches that, it may be twice as much. A node that
     * has not heard yet who its members are waits until it has, for a snapshot names them.
     */
    void takeSnapshotIfDue(boolean inUse) {
        int patience = inUse ? 2 : 1;
        if (!taking
                && !membership().voters().isEmpty()
                && !installing
                && applied == commit
                && (applied - snapshotSlot() >= (long) configuration.snapshotAfterEntries() * patience
                        || appliedBytes >= configuration.snapshotAfterBytes() * patience)) {
            taking = true;
            appliedBytes = 0;
            outbox.task(new SnapshotTask.Take(applied, electorate));
        }
    }

    /** Lets the commit index ride along when an fsync is due anyway, or now and then. */
    void markCommit() {
        if (commit > writtenMark) {
            writtenMark = commit;
            outbox.persist(new DurableRecord.CommitMark(commit));
        }
    }

    private void deliver() {
        if (installing) {
            return;
        }
        while (applied < commit) {
            Entry entry = log.entry(applied + 1);
            applied++;
            appliedBytes += entry.payload().sizeInBytes();
            outbox.apply(entry);
        }
    }

    private void dropThrough(long slot) {
        log.faulty().headSet(slot + 1).forEach(repaired -> outbox.event(new Event.SlotRepaired(repaired)));
        log.dropThrough(slot);
        outbox.persist(new DurableRecord.LowWaterMark(slot));
    }

    private void checkMarks() {
        Invariant.MARKS_IN_ORDER.check(
                log.lowWaterMark() <= snapshotSlot()
                        && snapshotSlot() <= applied
                        && applied <= commit
                        && commit <= log.last(),
                () -> "low-water %d, snapshot %s, applied %d, commit %d, last %d"
                        .formatted(log.lowWaterMark(), Objects.toString(snapshot), applied, commit, log.last()));
    }
}
