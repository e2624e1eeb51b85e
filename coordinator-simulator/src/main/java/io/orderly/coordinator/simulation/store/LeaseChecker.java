package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.simulation.PropertyViolation;
import io.orderly.coordinator.simulation.RunMetric;
import io.orderly.coordinator.simulation.workload.SimulationContext;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks leases in real time: no lease may end while its client relies on it, and a lease that is not renewed must end in time. */
final class LeaseChecker implements CommandChecker.Listener {

    static final String EARLY = "no lease ends while its client relies on it";
    static final String LATE = "a lease that is not renewed ends in time";

    /** A longer time without a decision is not counted, as the leader does not count it either. */
    private static final long STANDSTILL_MICROS =
            StoreServer.SETTINGS.leases().longestTick().toNanos() / 1_000;

    /** Time in which a decision takes longer than this is not counted either. */
    private static final long DECISION_MICROS = 500_000;

    /** The next heartbeat begins a round, whose two messages have the maximum delay. */
    private static final long ROUND_MICROS = (long) (StoreWorkload.MAX_DRIFT * 50_000) + 2 * 300_000;

    /** A failed leader transfer: commands are refused for an election timeout. */
    private static final long TRANSFER_MICROS = (long) (StoreWorkload.MAX_DRIFT * 300_000);

    /** The interval between two ticks of a node. */
    private static final long TICK_MICROS = 20_000;

    /**
     * The maximum time that a lease lives beyond its remaining time: the clock adds the time that it may have missed; the next tick finds
     * the lease, and starts a round; the command after that is refused, so another tick, another round and a command follow.
     */
    private static final long SLACK_MICROS = (long) (StoreWorkload.MAX_DRIFT * STANDSTILL_MICROS)
            + TICK_MICROS
            + ROUND_MICROS
            + TRANSFER_MICROS
            + TICK_MICROS
            + ROUND_MICROS
            + DECISION_MICROS;

    private static final class LeaseAccount {

        final long ttlMicros;
        long validUntilMicros;

        /** The replicated remaining time, with which the next leader starts. */
        long remainingMicros;

        /** The remaining time that the present leader counts from {@link #fromMicros} on. */
        long budgetMicros;

        long fromMicros;

        int renewalsUnderWay;

        LeaseAccount(long ttlMicros, long fromMicros) {
            this.ttlMicros = ttlMicros;
            promised(fromMicros);
        }

        void promised(long nowMicros) {
            remainingMicros = ttlMicros;
            budgetMicros = ttlMicros;
            fromMicros = nowMicros;
        }
    }

    private final SimulationContext context;
    private final Map<Long, LeaseAccount> accounts = new TreeMap<>();

    /** Real time without the periods in which the log made no progress, or too slowly. */
    private long servedMicros;

    /** The duration of the last command, as observed by its client. */
    private long decisionMicros;

    private long lastDecidedMicros;

    LeaseChecker(SimulationContext context) {
        this.context = context;
    }

    private long now() {
        return context.time().nowMicros();
    }

    /** A command was decided this long after the request. */
    void tookToDecide(long micros) {
        decisionMicros = micros;
    }

    /** @param sentMicros when its client requested it */
    void granted(long lease, long sentMicros) {
        LeaseAccount account = accounts.get(lease);
        if (account != null) {
            account.validUntilMicros = until(account, sentMicros);
        }
    }

    /** A renewal is requested. */
    void renews(long lease) {
        LeaseAccount account = accounts.get(lease);
        if (account != null) {
            account.renewalsUnderWay++;
        }
    }

    /** @param sentMicros when its client first requested the renewal */
    void renewed(long lease, long sentMicros) {
        LeaseAccount account = accounts.get(lease);
        if (account != null) {
            account.validUntilMicros = Math.max(account.validUntilMicros, until(account, sentMicros));
            ended(account);
        }
    }

    void notRenewed(long lease) {
        LeaseAccount account = accounts.get(lease);
        if (account != null) {
            ended(account);
        }
    }

    private void ended(LeaseAccount account) {
        account.renewalsUnderWay--;
        // no command precedes if the full time is replicated already
        account.budgetMicros = account.ttlMicros;
        account.fromMicros = servedMicros;
    }

    private static long until(LeaseAccount account, long sentMicros) {
        return sentMicros + (long) (account.ttlMicros / StoreWorkload.MAX_DRIFT);
    }

    /** The client no longer relies on the lease: it is about to revoke it, or was told that it has ended. */
    void abandon(long lease) {
        LeaseAccount account = accounts.get(lease);
        if (account != null) {
            account.validUntilMicros = 0;
        }
    }

    /** Whether the client relies on the lease, with an allowance for clock drift. */
    boolean isValid(long lease) {
        LeaseAccount account = accounts.get(lease);
        return account != null && now() < account.validUntilMicros;
    }

    @Override
    public void decided(StoreCommand command, StoreResponse answer) {
        long gap = now() - lastDecidedMicros;
        lastDecidedMicros = now();
        servedMicros += gap < STANDSTILL_MICROS && decisionMicros < DECISION_MICROS ? gap : 0;
        if (!(answer instanceof StoreResponse.Refused)) {
            note(command, answer);
        }
        accounts.forEach(this::checkEnd);
    }

    private void note(StoreCommand command, StoreResponse answer) {
        switch (command) {
            case StoreCommand.LeaseGrant grant ->
                accounts.put(
                        grant.id(),
                        new LeaseAccount(1_000 * ((StoreResponse.LeaseGranted) answer).ttlMillis(), servedMicros));
            case StoreCommand.LeaseKeepAlive(List<Long> leases) ->
                leases.stream()
                        .filter(accounts::containsKey)
                        .forEach(one -> accounts.get(one).promised(servedMicros));
            case StoreCommand.LeaseCheckpoint checkpoint ->
                checkpoint.leases().stream()
                        .filter(one -> accounts.containsKey(one.id()))
                        .forEach(one -> accounts.get(one.id()).remainingMicros =
                                Math.min(accounts.get(one.id()).remainingMicros, 1_000 * one.remainingMillis()));
            case StoreCommand.LeaseTakeOver _ ->
                accounts.values().forEach(account -> {
                    account.budgetMicros = account.remainingMicros;
                    account.fromMicros = servedMicros;
                });
            case StoreCommand.LeaseRevoke revoke -> accounts.remove(revoke.id());
            case StoreCommand.LeaseExpire expire -> expire.ids().forEach(this::expired);
            default -> {}
        }
    }

    private void checkEnd(long lease, LeaseAccount account) {
        long passed = servedMicros - account.fromMicros;
        if (account.renewalsUnderWay == 0 && passed > StoreWorkload.MAX_DRIFT * account.budgetMicros + SLACK_MICROS) {
            throw PropertyViolation.safety(
                    LATE,
                    "lease %d of %d ms had %d ms left, but has not ended %d ms later"
                            .formatted(lease, account.ttlMicros / 1_000, account.budgetMicros / 1_000, passed / 1_000));
        }
    }

    /** @return whether there is a lease that is not renewed */
    boolean hasUnrenewedLease() {
        return accounts.values().stream()
                .anyMatch(account -> account.renewalsUnderWay == 0
                        && account.validUntilMicros == 0
                        && account.ttlMicros < 1_000 * TxnClients.TTL_MILLIS);
    }

    private void expired(long lease) {
        LeaseAccount account = accounts.remove(lease);
        if (account == null) {
            return;
        }
        if (now() < account.validUntilMicros) {
            throw PropertyViolation.safety(
                    EARLY,
                    "lease %d of %d ms has ended, but its client relies on it for another %d ms"
                            .formatted(lease, account.ttlMicros / 1_000, (account.validUntilMicros - now()) / 1_000));
        }
        context.count().accept(RunMetric.LEASES_EXPIRED, 1);
    }
}
