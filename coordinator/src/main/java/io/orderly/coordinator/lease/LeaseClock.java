package io.orderly.coordinator.lease;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.store.Lease;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts the time of leases while its node leads; every node has one. In etcd this is the lessor.
 *
 * <p>How the guarantee to clients is kept:
 *
 * <ul>
 *   <li>A new leader first proposes a {@link StoreCommand.LeaseTakeOver}, and counts from when it is applied. After that no command
 *   of an older clock can end a lease, even if it is adopted much later. Every lease then has its replicated remaining time.
 *   <li>So everything that a client is promised must be replicated as remaining time before the response. A lease whose replicated
 *   remaining time is its full time is renewed without a command, after a quorum round that began after the request: at that time
 *   no later leader had taken over. Other leases are renewed by a command, many at once.
 *   <li>Remaining time is replicated (a checkpoint) when half of it has passed, which never happens to a client that renews in
 *   time. A lease whose checkpoint is under way counts as if it were done; no checkpoint begins while a renewal is under way, which
 *   would precede it in the log.
 *   <li>Leases are expired by a command, after a quorum round, and not while a renewal waits.
 *   <li>Time in which the process was paused does not count.
 * </ul>
 */
public final class LeaseClock {

    private final LeaseClockSettings settings;
    private final PendingRenewals renewals;
    private final LeaseTimers leases;
    private final Map<Long, Purpose> tickets = new HashMap<>();
    private final List<LeaseEffect> effects = new ArrayList<>();

    /** The ballot under which this node leads; null if it does not. */
    private @Nullable Ballot ballot;

    private boolean hasTakenOver;
    private boolean hasTicked;
    private long lastNanos;
    private long countedNanos;
    private long lastTicket;

    /** The purpose of a request to consensus. */
    private sealed interface Purpose {

        record TakeOver() implements Purpose {}

        record ConfirmRenewals() implements Purpose {}

        record Renew() implements Purpose {}

        record ConfirmExpiry(List<TimedLease> leases) implements Purpose {}

        record Expire(List<TimedLease> leases) implements Purpose {}

        record Checkpoint(List<TimedLease> leases) implements Purpose {}
    }

    public LeaseClock(LeaseClockSettings settings) {
        this.settings = settings;
        renewals = new PendingRenewals(settings.maxBatch());
        leases = new LeaseTimers(everyMillis());
    }

    /** As {@link #step(List)} for a single input. */
    public List<LeaseEffect> step(LeaseInput input) {
        return step(List.of(input));
    }

    /** Handles inputs in order. Inputs that are passed together share one batch. */
    public List<LeaseEffect> step(List<LeaseInput> inputs) {
        inputs.forEach(this::take);
        if (hasTakenOver) {
            askForRounds();
        }
        List<LeaseEffect> taken = List.copyOf(effects);
        effects.clear();
        return taken;
    }

    /** The remaining time of a lease on this clock; empty if this node does not count it. Only a confirmed leader may report it. */
    public OptionalLong remainingMillis(long lease) {
        TimedLease timed = leases.get(lease);
        return timed == null ? OptionalLong.empty() : OptionalLong.of(timed.remainingMillis(nowMillis()));
    }

    private void take(LeaseInput input) {
        switch (input) {
            case LeaseInput.Tick(long nowNanos) -> tick(nowNanos);
            case LeaseInput.BecameLeader(Ballot mine) -> {
                stepDown();
                ballot = mine;
                proposeTakeOver();
            }
            case LeaseInput.SteppedDown() -> stepDown();
            case LeaseInput.KeepAlive(long token, long lease) -> keepAlive(new PendingRenewals.Request(token, lease));
            case LeaseInput.Confirmed(long ticket) -> confirmed(tickets.remove(ticket));
            case LeaseInput.Applied(long ticket, StoreResponse answer) -> applied(tickets.remove(ticket), answer);
            case LeaseInput.Refused(long ticket) -> failed(tickets.remove(ticket), new KeepAliveResponse.NotRenewed());
            case LeaseInput.Unknown(long ticket) -> failed(tickets.remove(ticket), new KeepAliveResponse.Unknown());
            case LeaseInput.TookOver(Ballot clock, List<Lease> all) -> tookOver(clock, all);
            case LeaseInput.Promised(Lease lease) -> promised(lease);
            case LeaseInput.Ended(long lease) -> leases.remove(lease);
        }
    }

    private long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(countedNanos);
    }

    // leadership

    private void proposeTakeOver() {
        if (ballot != null) {
            propose(new Purpose.TakeOver(), new StoreCommand.LeaseTakeOver(ballot));
        }
    }

    private void tookOver(Ballot clock, List<Lease> all) {
        if (hasTakenOver && clock.equals(ballot)) {
            return;
        }
        leases.clear();
        hasTakenOver = clock.equals(ballot);
        if (hasTakenOver) {
            all.forEach(this::count);
        }
    }

    private void stepDown() {
        renewals.clear(
                request -> answer(request, new KeepAliveResponse.NotRenewed()),
                request -> answer(request, new KeepAliveResponse.Unknown()));
        ballot = null;
        hasTakenOver = false;
        leases.clear();
        tickets.clear();
    }

    private void count(Lease lease) {
        leases.add(new TimedLease(lease, nowMillis(), settings.longestTick().toMillis()));
    }

    private void promised(Lease lease) {
        if (!hasTakenOver) {
            return;
        }
        TimedLease known = leases.get(lease.id());
        if (known == null) {
            count(lease);
        } else {
            known.promised(lease, nowMillis());
        }
    }

    // renewals

    private void keepAlive(PendingRenewals.Request request) {
        if (ballot == null || renewals.size() >= settings.maxWaiting()) {
            answer(request, new KeepAliveResponse.NotRenewed());
        } else {
            renewals.add(request);
        }
    }

    private void askForRounds() {
        if (renewals.isConfirmationDue()) {
            renewals.beginConfirmation();
            confirm(new Purpose.ConfirmRenewals());
        }
        if (renewals.isReplicationDue()) {
            propose(new Purpose.Renew(), new StoreCommand.LeaseKeepAlive(renewals.beginReplication()));
        }
    }

    private void renewConfirmed() {
        for (PendingRenewals.Request request : renewals.endConfirmation()) {
            TimedLease lease = leases.get(request.lease());
            if (lease == null) {
                answer(request, new KeepAliveResponse.Ended());
            } else if (lease.canBeRenewedHere()) {
                lease.renew(nowMillis());
                answer(request, new KeepAliveResponse.Renewed(lease.ttlMillis()));
            } else {
                renewals.addUnreplicated(request);
            }
        }
    }

    private void renewReplicated(StoreResponse answer) {
        Map<Long, Long> renewed = answer instanceof StoreResponse.LeasesKeptAlive(long _, var all)
                ? all.stream()
                        .collect(Collectors.toMap(
                                StoreResponse.LeasesKeptAlive.Renewed::id,
                                StoreResponse.LeasesKeptAlive.Renewed::ttlMillis))
                : Map.of();
        for (PendingRenewals.Request request : renewals.endReplication()) {
            Long ttlMillis = renewed.get(request.lease());
            answer(
                    request,
                    ttlMillis == null ? new KeepAliveResponse.Ended() : new KeepAliveResponse.Renewed(ttlMillis));
        }
    }

    // time

    private void tick(long nowNanos) {
        if (hasTicked) {
            long passed = Math.max(0, nowNanos - lastNanos);
            countedNanos += Math.min(passed, settings.longestTick().toNanos());
        }
        hasTicked = true;
        lastNanos = nowNanos;
        if (ballot != null && !hasTakenOver && !tickets.containsValue(new Purpose.TakeOver())) {
            proposeTakeOver();
        }
        if (hasTakenOver) {
            runDueTimers();
        }
    }

    private void runDueTimers() {
        List<TimedLease> due = leases.takeExpired(nowMillis());
        if (due.isEmpty()) {
            return;
        }
        Set<Long> wanted = renewals.leases();
        List<TimedLease> checkpoints = new ArrayList<>();
        List<TimedLease> over = new ArrayList<>();
        for (TimedLease lease : due) {
            if (lease.isExpired(nowMillis())) {
                lease.ending(true);
                over.add(lease);
            } else if (!wanted.contains(lease.id()) && lease.isCheckpointDue(nowMillis(), everyMillis())) {
                checkpoints.add(lease);
            }
        }
        inBatches(checkpoints).forEach(this::checkpoint);
        due.forEach(leases::set);
        if (!over.isEmpty()) {
            confirm(new Purpose.ConfirmExpiry(over));
        }
    }

    private long everyMillis() {
        return settings.checkpointEvery().toMillis();
    }

    private Stream<List<TimedLease>> inBatches(List<TimedLease> all) {
        return all.stream().gather(Gatherers.windowFixed(settings.maxBatch()));
    }

    private void checkpoint(List<TimedLease> due) {
        if (ballot == null) {
            return;
        }
        List<StoreCommand.LeaseCheckpoint.Remaining> remaining = new ArrayList<>();
        for (TimedLease lease : due) {
            lease.checkpointing(true);
            remaining.add(new StoreCommand.LeaseCheckpoint.Remaining(lease.id(), lease.guaranteedMillis(nowMillis())));
        }
        propose(new Purpose.Checkpoint(due), new StoreCommand.LeaseCheckpoint(ballot, remaining));
    }

    /** @param candidates whose time had passed before the round */
    private void expireConfirmed(List<TimedLease> candidates) {
        Set<Long> wanted = renewals.leases();
        Map<Boolean, List<TimedLease>> areOver = candidates.stream()
                .filter(lease -> leases.get(lease.id()) == lease)
                .collect(Collectors.partitioningBy(
                        lease -> lease.isExpired(nowMillis()) && !wanted.contains(lease.id())));
        areOver.get(false).forEach(this::reschedule);
        inBatches(areOver.get(true)).forEach(this::expire);
    }

    private void expire(List<TimedLease> over) {
        if (ballot == null) {
            return;
        }
        over.forEach(TimedLease::expiryProposed);
        propose(
                new Purpose.Expire(over),
                new StoreCommand.LeaseExpire(
                        ballot, over.stream().map(TimedLease::id).toList()));
    }

    /** The lease was not ended. */
    private void reschedule(TimedLease lease) {
        lease.ending(false);
        leases.set(lease);
    }

    // outcomes

    private void confirmed(@Nullable Purpose purpose) {
        switch (purpose) {
            case Purpose.ConfirmRenewals() -> renewConfirmed();
            case Purpose.ConfirmExpiry(var over) -> expireConfirmed(over);
            case null, default -> {}
        }
    }

    private void applied(@Nullable Purpose purpose, StoreResponse answer) {
        switch (purpose) {
            case Purpose.Renew() -> renewReplicated(answer);
            case Purpose.Checkpoint(var all) -> checkpointed(all, false);
            case Purpose.Expire(var all) -> expired(all, false);
            case null, default -> {}
        }
    }

    private void failed(@Nullable Purpose purpose, KeepAliveResponse answer) {
        switch (purpose) {
            case Purpose.ConfirmRenewals() ->
                renewals.endConfirmation().forEach(request -> answer(request, new KeepAliveResponse.NotRenewed()));
            case Purpose.Renew() -> renewals.endReplication().forEach(request -> answer(request, answer));
            case Purpose.ConfirmExpiry(var over) -> over.forEach(this::reschedule);
            // a command with an unknown outcome may still be applied, and counts as pending
            case Purpose.Expire(var all) -> expired(all, answer instanceof KeepAliveResponse.Unknown);
            case Purpose.Checkpoint(var all) -> checkpointed(all, answer instanceof KeepAliveResponse.Unknown);
            case Purpose.TakeOver() -> {}
            case null -> {}
        }
    }

    private void checkpointed(List<TimedLease> all, boolean isUnderWay) {
        for (TimedLease lease : all) {
            lease.checkpointing(isUnderWay);
            leases.set(lease);
        }
    }

    private void expired(List<TimedLease> all, boolean isUnderWay) {
        for (TimedLease lease : all) {
            if (!isUnderWay) {
                lease.expiryOver();
            }
            reschedule(lease);
        }
    }

    private void propose(Purpose purpose, StoreCommand command) {
        effects.add(new LeaseEffect.Propose(take(purpose), command));
    }

    private void confirm(Purpose purpose) {
        effects.add(new LeaseEffect.Confirm(take(purpose)));
    }

    private long take(Purpose purpose) {
        tickets.put(++lastTicket, purpose);
        return lastTicket;
    }

    private void answer(PendingRenewals.Request request, KeepAliveResponse answer) {
        effects.add(new LeaseEffect.Response(request.token(), answer));
    }
}
