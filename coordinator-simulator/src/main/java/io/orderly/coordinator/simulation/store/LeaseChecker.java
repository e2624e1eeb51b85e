package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.simulation.PropertyViolation;
import io.orderly.coordinator.simulation.RunMetric;
import io.orderly.coordinator.simulation.workload.SimulationContext;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks leases in real time: none may end while its client counts on it, and a lease that is not renewed must end in time.
 */
final class LeaseChecker implements CommandChecker.Listener {

    static final String EARLY = "no lease ends while its client counts on it";
    static final String LATE = "a lease that is not renewed ends in time";

    /** A longer time without a decision does not count, as the leader does not count it either. */
    private static final long STANDSTILL_MICROS =
            StoreServer.SETTINGS.leases().longestTick().toNanos() / 1_000;

    /** Time in which a decision takes longer than this does not count either. */
    private static final long DECISION_MICROS = 500_000;

    /** The next heartbeat begins a round, and both of its messages are as late as delays make them. */
    private static final long ROUND_MICROS = (long) (StoreWorkload.MAX_DRIFT * 50_000) + 2 * 300_000;

    /** A failed leader transfer: commands are refused for an election timeout. */
    private static final long TRANSFER_MICROS = (long) (StoreWorkload.MAX_DRIFT * 300_000);

    /** From a tick of a node to the next. */
    private static final long TICK_MICROS = 20_000;

    /**
     * A lease may live for so much longer than it had left: the clock adds what it may not know of yet; the next tick finds the lease,
     * and there is a round; the command after it is refused, and so there is another tick, another round, and a command.
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

        /** What the log says that is left, for the next leader to begin with. */
        long remainingMicros;

        /** What the leader of now has to give, and from when on. */
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

    /** True time, as far as the log went on, and not too slowly. */
    private long servedMicros;

    /** What the last command took that a client was told of. */
    private long decisionMicros;

    private long lastDecidedMicros;

    LeaseChecker(SimulationContext context) {
        this.context = context;
    }

    private long now() {
        return context.time().nowMicros();
    }

    /** A command was decided so long after the request. */
    void tookToDecide(long micros) {
        decisionMicros = micros;
    }

    /** @param sentMicros when its client asked for it */
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

    /** @param sentMicros when its client first asked for that */
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
        // without a command if the log says already that all of it is left
        account.budgetMicros = account.ttlMicros;
        account.fromMicros = servedMicros;
    }

    private static long until(LeaseAccount account, long sentMicros) {
        return sentMicros + (long) (account.ttlMicros / StoreWorkload.MAX_DRIFT);
    }

    /** Its client counts on it no more: it wants to give it up, or was told that it has ended. */
    void letGo(long lease) {
        LeaseAccount account = accounts.get(lease);
        if (account != null) {
            account.validUntilMicros = 0;
        }
    }

    /** Whether its client counts on it, less what clocks may drift. */
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
                    "%d of %d ms had %d ms left, and has lived for %d ms since"
                            .formatted(lease, account.ttlMicros / 1_000, account.budgetMicros / 1_000, passed / 1_000));
        }
    }

    /** @return whether there is a lease that is not renewed */
    boolean isForgotten() {
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
                    "%d of %d ms has ended, its client counts on it for another %d ms"
                            .formatted(lease, account.ttlMicros / 1_000, (account.validUntilMicros - now()) / 1_000));
        }
        context.count().accept(RunMetric.LEASES_EXPIRED, 1);
    }
}
