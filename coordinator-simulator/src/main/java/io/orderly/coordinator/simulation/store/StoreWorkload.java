package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.simulation.history.History;
import io.orderly.coordinator.simulation.workload.NodeAccess;
import io.orderly.coordinator.simulation.workload.SimulationContext;
import io.orderly.coordinator.simulation.workload.Workload;
import io.orderly.coordinator.simulation.workload.WorkloadServer;
import io.orderly.coordinator.store.StoreCommand;
import java.util.List;
import java.util.function.BiFunction;

/** Clients of one or many kinds on one store, which is compacted at intervals. */
public final class StoreWorkload implements Workload {

    /** The clock drift that clients of leases allow for, as a factor. */
    static final double MAX_DRIFT = 1.25;

    private static final long COMPACTION_MICROS_MAX = 1_500_000;
    private static final long KEPT_REVISIONS_MAX = 40;

    private final SimulationContext context;
    private final CommandChecker checker = new CommandChecker();
    private final History history = new History();
    private final LeaseChecker leases;
    private final WallClocks clocks;
    private final List<ClientGroup> clientGroups;

    private StoreWorkload(
            SimulationContext context, List<BiFunction<SimulationContext, StoreWorkload, ClientGroup>> kinds) {
        this.context = context;
        leases = new LeaseChecker(context);
        checker.add(leases);
        clocks = new WallClocks(context);
        clientGroups = kinds.stream().map(kind -> kind.apply(context, this)).toList();
    }

    public static StoreWorkload transactions(SimulationContext context) {
        return new StoreWorkload(context, List.of(TxnClients::new));
    }

    public static StoreWorkload sessions(SimulationContext context) {
        return new StoreWorkload(context, List.of(SessionClients::new));
    }

    public static StoreWorkload leases(SimulationContext context) {
        return new StoreWorkload(context, List.of(LeaseClients::new));
    }

    public static StoreWorkload locks(SimulationContext context) {
        return new StoreWorkload(context, List.of(LockClients::new));
    }

    public static StoreWorkload watches(SimulationContext context) {
        return new StoreWorkload(context, List.of(WatchClients::new));
    }

    public static StoreWorkload timestamps(SimulationContext context) {
        return new StoreWorkload(context, List.of(TimestampClients::new));
    }

    public static StoreWorkload users(SimulationContext context) {
        return new StoreWorkload(context, List.of(UserClients::new));
    }

    /** All kinds of clients at once, except those with users, so that they affect each other. */
    public static StoreWorkload all(SimulationContext context) {
        return new StoreWorkload(
                context,
                List.of(
                        TxnClients::new,
                        SessionClients::new,
                        LeaseClients::new,
                        LockClients::new,
                        WatchClients::new,
                        TimestampClients::new));
    }

    SimulationContext context() {
        return context;
    }

    CommandChecker checker() {
        return checker;
    }

    LeaseChecker leases() {
        return leases;
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public WorkloadServer server(NodeAccess core) {
        return new StoreServer(core, this, clocks);
    }

    @Override
    public double maxClockRate() {
        return MAX_DRIFT;
    }

    @Override
    public void start(int clients) {
        clientGroups.forEach(one -> one.start(Math.max(2, clients / clientGroups.size())));
        new Compactor().rest();
    }

    @Override
    public void allow(int moreOperations) {
        int share = clientGroups.size() == 1 ? moreOperations : moreOperations / 2;
        clientGroups.forEach(one -> one.allow(share));
    }

    @Override
    public int answered() {
        return clientGroups.stream().mapToInt(ClientGroup::answered).sum();
    }

    @Override
    public int unanswered() {
        return clientGroups.stream().mapToInt(ClientGroup::unanswered).sum();
    }

    @Override
    public String missing() {
        return clientGroups.stream()
                .map(ClientGroup::missing)
                .filter(what -> !what.isEmpty())
                .findFirst()
                .orElse("");
    }

    @Override
    public void settle() {
        clientGroups.forEach(ClientGroup::settle);
    }

    /** Sends compactions to any node, and ignores the response. */
    private final class Compactor {

        void rest() {
            context.time().after(context.random().nextLong(1, COMPACTION_MICROS_MAX), this::compact);
        }

        private void compact() {
            long revision = checker.revision() - context.random().nextLong(KEPT_REVISIONS_MAX);
            if (revision > checker.compacted()) {
                StoreClient.sendToAnyNode(
                        context, server -> server.execute(new StoreCommand.Compact(revision), _ -> {}));
            }
            rest();
        }
    }
}
