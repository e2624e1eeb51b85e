package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.simulation.history.History;
import io.orderly.coordinator.simulation.workload.Core;
import io.orderly.coordinator.simulation.workload.Server;
import io.orderly.coordinator.simulation.workload.Workload;
import io.orderly.coordinator.simulation.workload.World;
import io.orderly.coordinator.store.StoreCommand;
import java.util.List;
import java.util.function.BiFunction;

/** Clients of one or many kinds on one store, which somebody compacts now and then. */
public final class StoreWorkload implements Workload {

    /** What clients of leases allow for: a clock may run so many times as fast as another. */
    static final double MAX_DRIFT = 1.25;

    private static final long COMPACTION_MICROS_MAX = 1_500_000;
    private static final long KEPT_REVISIONS_MAX = 40;

    private final World world;
    private final Ledger ledger = new Ledger();
    private final History history = new History();
    private final LeaseBook leases;
    private final WallClocks clocks;
    private final List<Population> populations;

    private StoreWorkload(World world, List<BiFunction<World, StoreWorkload, Population>> kinds) {
        this.world = world;
        leases = new LeaseBook(world);
        ledger.add(leases);
        clocks = new WallClocks(world);
        populations = kinds.stream().map(kind -> kind.apply(world, this)).toList();
    }

    public static StoreWorkload transactions(World world) {
        return new StoreWorkload(world, List.of(TransactionClients::new));
    }

    public static StoreWorkload sessions(World world) {
        return new StoreWorkload(world, List.of(SessionClients::new));
    }

    public static StoreWorkload leases(World world) {
        return new StoreWorkload(world, List.of(LeaseClients::new));
    }

    public static StoreWorkload locks(World world) {
        return new StoreWorkload(world, List.of(LockClients::new));
    }

    public static StoreWorkload watches(World world) {
        return new StoreWorkload(world, List.of(WatchClients::new));
    }

    public static StoreWorkload timestamps(World world) {
        return new StoreWorkload(world, List.of(TimestampClients::new));
    }

    /** Everything at once, so that each kind meets what the others do to the store. */
    public static StoreWorkload all(World world) {
        return new StoreWorkload(
                world,
                List.of(
                        TransactionClients::new,
                        SessionClients::new,
                        LeaseClients::new,
                        LockClients::new,
                        WatchClients::new,
                        TimestampClients::new));
    }

    World world() {
        return world;
    }

    Ledger ledger() {
        return ledger;
    }

    LeaseBook leases() {
        return leases;
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public Server server(Core core) {
        return new StoreServer(core, this, clocks);
    }

    @Override
    public double maxClockRate() {
        return MAX_DRIFT;
    }

    @Override
    public void start(int clients) {
        populations.forEach(one -> one.start(Math.max(2, clients / populations.size())));
        new Compactor().rest();
    }

    @Override
    public void allow(int moreOperations) {
        int share = populations.size() == 1 ? moreOperations : moreOperations / 2;
        populations.forEach(one -> one.allow(share));
    }

    @Override
    public int answered() {
        return populations.stream().mapToInt(Population::answered).sum();
    }

    @Override
    public int unanswered() {
        return populations.stream().mapToInt(Population::unanswered).sum();
    }

    @Override
    public String missing() {
        return populations.stream()
                .map(Population::missing)
                .filter(what -> !what.isEmpty())
                .findFirst()
                .orElse("");
    }

    @Override
    public void settle() {
        populations.forEach(Population::settle);
    }

    /** Asks any node, and does not care whether it is heard. */
    private final class Compactor {

        void rest() {
            world.time().after(world.random().nextLong(1, COMPACTION_MICROS_MAX), this::compact);
        }

        private void compact() {
            long revision = ledger.revision() - world.random().nextLong(KEPT_REVISIONS_MAX);
            if (revision > ledger.compacted()) {
                StoreClient.tell(world, server -> server.ask(new StoreCommand.Compact(revision), _ -> {}));
            }
            rest();
        }
    }
}
