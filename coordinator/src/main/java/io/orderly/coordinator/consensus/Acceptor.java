package io.orderly.coordinator.consensus;

import java.util.Objects;

/**
 * The acceptor and learner: promise, accepted entries, commit index and snapshot. It records every change and passes on decided
 * entries. The roles decide which ballots to accept.
 */
final class Acceptor {

    /** The approximate size of an entry in the log without its payload. */
    private static final int ENTRY_OVERHEAD_BYTES = 64;

    private final ConsensusSettings settings;
    private final Rules rules;
    private final EffectCollector effects;
    private final SlotLog log;
    private Ballot promised;
    private long commit;
    private long applied;
    /** Decided before the restart; corrupt slots keep the commit index below it. */
    private final long decidedMark;

    private long writtenMark;
    private EffectiveMembership effectiveMembership;
    private final RetainedSnapshots snapshots;
    private boolean installing;
    private boolean taking;
    private long appliedBytes;

    /** As it was when the last snapshot was requested. */
    private long appliedBytesTaken;

    /** When another snapshot is requested, because there was no space for the last one. */
    private long takeAgainNanos = Long.MAX_VALUE;

    Acceptor(ConsensusSettings settings, Rules rules, EffectCollector effects, DurableState durable) {
        this.settings = settings;
        this.rules = rules;
        this.effects = effects;
        log = new SlotLog(durable);
        promised = durable.promised();
        snapshots = new RetainedSnapshots(settings, effects, durable.snapshot());
        decidedMark = durable.commitMark();
        writtenMark = durable.commitMark();
        Snapshot snapshot = snapshots.newest();
        effectiveMembership = snapshot == null
                ? EffectiveMembership.initial(durable.initialMembership())
                : snapshot.effectiveMembership();
        long covered = snapshots.newestSlot();
        commit = covered;
        applied = covered;
        // A snapshot from another node replaces entries that were perhaps never decided, and its low-water mark may be
        // lost. If it is,
        // a commit mark that reaches the snapshot is lost as well, unless the entries themselves were decided: it is
        // written later.
        // Below a snapshot of this node, only entries that were retained for others are lost.
        if (covered > log.last() || covered > durable.commitMark()) {
            dropThrough(covered);
        } else if (!log.corruptSlots().headSet(covered + 1).isEmpty()) {
            dropThrough(log.corruptSlots().headSet(covered + 1).last());
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

    /** Every slot up to this one is decided, and the entries here that are not corrupt have the decided values. */
    long decided() {
        return Math.max(commit, decidedMark);
    }

    long applied() {
        return applied;
    }

    /** The members that decide the first slot above the commit index. */
    EffectiveMembership effectiveMembership() {
        return effectiveMembership;
    }

    /** As {@link #effectiveMembership()}. */
    Membership membership() {
        return effectiveMembership.membership();
    }

    RetainedSnapshots snapshots() {
        return snapshots;
    }

    boolean isInstalling() {
        return installing;
    }

    void promise(Ballot ballot) {
        Invariant.PROMISE_ONLY_GROWS.check(
                ballot.compareTo(promised) > 0, () -> "%s after %s".formatted(ballot, promised));
        promised = ballot;
        effects.persist(new DurableRecord.Promised(ballot));
    }

    void accept(Entry entry) {
        Invariant.DECIDED_STAYS.check(entry.slot() > commit, () -> "%s at commit %d".formatted(entry, commit));
        Invariant.PROMISE_ONLY_GROWS.check(
                entry.ballot().equals(promised), () -> "%s under promise %s".formatted(entry, promised));
        if (log.put(entry)) {
            effects.event(new ReplicaEvent.SlotRepaired(entry.slot()));
        }
        effects.persist(new DurableRecord.Accepted(entry));
    }

    /**
     * A follower's match index under a ballot: every slot up to it is decided, or accepted under that ballot.
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
        long readable = log.corruptSlots().isEmpty()
                ? match
                : Math.min(match, log.corruptSlots().first() - 1);
        return Math.min(decidedMark, readable);
    }

    /** Every slot up to this one is decided, and the entries here have the decided values. */
    void commitTo(long slot) {
        Invariant.COMMIT_ONLY_GROWS.check(
                slot >= commit && slot <= log.last(),
                () -> "%d after %d, the log ends at %d".formatted(slot, commit, log.last()));
        while (commit < slot) {
            commit++;
            EffectiveMembership next = rules.membershipAfter(effectiveMembership, log.entry(commit));
            if (!next.equals(effectiveMembership)) {
                effectiveMembership = next;
                effects.event(new ReplicaEvent.MembershipDecided(commit, next.membership()));
            }
        }
        deliver();
    }

    /** Cuts off the entries that are dead under the ballot of a leader that has settled all slots up to one. */
    void cutDeadTail(Ballot leader, long settled) {
        long last = log.last();
        long kept = last;
        while (kept > log.lowWaterMark() && rules.isDead(kept, log.ballotAtMost(kept), leader, settled, commit)) {
            kept--;
        }
        if (kept < last) {
            Invariant.DECIDED_STAYS.check(kept >= commit, () -> "cut after a slot below the commit index " + commit);
            log.cutAfter(kept);
            effects.persist(new DurableRecord.TailCut(kept));
            effects.event(new ReplicaEvent.TailCut(kept, last - kept));
        }
    }

    /** The snapshot file is complete: no entry is passed on until it is installed. */
    void beginInstalling(Snapshot complete) {
        installing = true;
        effects.task(new SnapshotTask.Install(complete));
    }

    void installed(Snapshot complete) {
        installing = false;
        Invariant.APPLY_IN_ORDER.check(
                complete.slot() > applied, () -> "%s is behind slot %d".formatted(complete, applied));
        snapshots.put(complete);
        applied = complete.slot();
        appliedBytes = 0;
        dropThrough(complete.slot());
        if (complete.slot() > commit) {
            commit = complete.slot();
            effectiveMembership = complete.effectiveMembership();
        }
        effects.event(new ReplicaEvent.SnapshotInstalled(complete));
        commitTo(Math.max(commit, decidedHere(log.last())));
        checkMarks();
    }

    /** The received snapshot is corrupt, or gone. */
    void notInstalled() {
        installing = false;
        deliver();
    }

    /** There was no space for the snapshot. The entries that it would have replaced stay, and another one is requested later. */
    void notTaken(long nowNanos) {
        appliedBytes += appliedBytesTaken;
        takeAgainNanos = nowNanos + settings.fetchTimeout().toNanos();
    }

    void taken(Snapshot complete) {
        taking = false;
        if (complete.slot() > snapshots.newestSlot() || snapshots.isNewestCorrupt()) {
            snapshots.put(complete);
            trim();
            checkMarks();
        }
    }

    /** The state still contains everything that the snapshot contained, so a new one is taken instead of repairing it. */
    void storedSnapshotCorrupt(Snapshot found) {
        effects.event(new ReplicaEvent.SnapshotCorrupt(found));
        snapshots.withdraw(found);
    }

    void tick(long nowNanos) {
        if (nowNanos >= takeAgainNanos) {
            takeAgainNanos = Long.MAX_VALUE;
            taking = false;
        }
        if (snapshots.endSilentFetches(nowNanos)) {
            trim();
        }
    }

    /**
     * Drops the entries that the newest snapshot contains, except those that lagging followers may still need. The entries after a
     * snapshot that is being fetched are kept, up to twice the usual amount: without them the fetched snapshot would be useless.
     */
    private void trim() {
        long covered = snapshots.newestSlot();
        long keep = Math.max(
                log.lowWaterMark(), Math.min(covered - settings.retainedEntries(), snapshots.oldestFetchedSlot()));
        long mostBytes = snapshotAfterBytes() * (snapshots.isBeingFetched() ? 2 : 1);
        long kept = log.sizeInBytes();
        for (long slot = log.lowWaterMark() + 1; slot <= covered; slot++) {
            if (slot > keep && kept <= mostBytes) {
                break;
            }
            kept -= log.entry(slot).payload().sizeInBytes();
            keep = Math.max(keep, slot);
        }
        if (keep > log.lowWaterMark()) {
            dropThrough(keep);
        }
    }

    /**
     * Requests a snapshot when enough entries were applied since the last one, or if that one is corrupt. A node that does not know
     * its members yet waits, since a snapshot names them.
     */
    void takeSnapshotIfDue() {
        boolean isDue = snapshots.isNewestCorrupt() || isLong();
        if (isDue && !taking && !membership().voters().isEmpty() && !installing && applied == commit) {
            taking = true;
            appliedBytesTaken = appliedBytes;
            appliedBytes = 0;
            effects.task(new SnapshotTask.Take(applied, effectiveMembership));
        }
    }

    /**
     * Whether the log since the last snapshot exceeds its limit, and is no shorter than that snapshot. So snapshots never cost more
     * writes than the log.
     */
    private boolean isLong() {
        long entries = applied - snapshots.newestSlot();
        boolean isOverLimit =
                entries >= settings.snapshotAfterEntries() || appliedBytes >= settings.snapshotAfterBytes();
        return isOverLimit && appliedBytes + entries * ENTRY_OVERHEAD_BYTES >= newestBytes();
    }

    private long snapshotAfterBytes() {
        return Math.max(settings.snapshotAfterBytes(), newestBytes());
    }

    private long newestBytes() {
        Snapshot newest = snapshots.newest();
        return newest == null ? 0 : newest.sizeInBytes();
    }

    /** Records the commit index with an fsync that is due anyway, or at a tick. */
    void markCommit() {
        if (commit > writtenMark) {
            writtenMark = commit;
            effects.persist(new DurableRecord.CommitMark(commit));
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
            effects.apply(entry);
        }
    }

    private void dropThrough(long slot) {
        log.corruptSlots()
                .headSet(slot + 1)
                .forEach(repaired -> effects.event(new ReplicaEvent.SlotRepaired(repaired)));
        log.dropThrough(slot);
        effects.persist(new DurableRecord.LowWaterMark(slot));
    }

    private void checkMarks() {
        Invariant.MARKS_IN_ORDER.check(
                log.lowWaterMark() <= snapshots.newestSlot()
                        && snapshots.newestSlot() <= applied
                        && applied <= commit
                        && commit <= log.last(),
                () -> "low-water %d, snapshot %s, applied %d, commit %d, last %d"
                        .formatted(
                                log.lowWaterMark(), Objects.toString(snapshots.newest()), applied, commit, log.last()));
    }
}
