package io.orderly.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.InventoryCommand;
import io.orderly.contracts.inventory.ReleaseInventory;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepReply;
import io.orderly.contracts.reply.StockReserved;
import io.orderly.inventory.stock.Reservation.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Random commands of a dozen orders on three products with little stock, in batches of any size. */
class StockLedgerPropertyTest {

    private static final List<Sku> SKUS = List.of(new Sku("A"), new Sku("B"), new Sku("C"));
    private static final long SEEDED = 10;

    @Property
    void unitsAreNeitherLostNorMadeNorPromisedTwice(
            @ForAll("commands") List<InventoryCommand> commands, @ForAll @IntRange(min = 1, max = 40) int batchSize) {
        Store store = new Store();

        store.run(commands, batchSize);

        for (StockLevel level : store.levels.values()) {
            assertThat(level.onHand() + level.reserved() + level.shipped()).isEqualTo(SEEDED);
            assertThat(level.reserved()).isEqualTo(store.unitsIn(State.RESERVED, level.sku()));
            assertThat(level.shipped()).isEqualTo(store.unitsIn(State.SHIPPED, level.sku()));
        }
    }

    @Property
    void anOrderGetsAllItsLinesOrNone(@ForAll("commands") List<InventoryCommand> commands) {
        Store store = new Store();
        for (InventoryCommand command : commands) {
            Map<Sku, StockLevel> before = Map.copyOf(store.levels);

            StepReply reply = store.run(List.of(command), 1).getFirst();

            if (command instanceof ReserveInventory reserve) {
                Map<Sku, Long> wanted = reserve.lines().stream()
                        .collect(Collectors.groupingBy(OrderLine::sku, Collectors.summingLong(OrderLine::quantity)));
                boolean enough = wanted.entrySet().stream()
                        .allMatch(line -> before.get(line.getKey()).onHand() >= line.getValue());
                assertThat(reply).isInstanceOf(enough ? StockReserved.class : StepDeclined.class);
                before.forEach((sku, level) -> {
                    long taken = enough ? wanted.getOrDefault(sku, 0L) : 0;
                    assertThat(store.levels.get(sku)).isEqualTo(level.reserve(taken));
                });
            }
        }
    }

    @Property
    void theSizeOfABatchMakesNoDifference(
            @ForAll("commands") List<InventoryCommand> commands, @ForAll @IntRange(min = 2, max = 40) int batchSize) {
        Store oneByOne = new Store();
        Store inBatches = new Store();

        assertThat(inBatches.run(commands, batchSize)).isEqualTo(oneByOne.run(commands, 1));
        assertThat(inBatches.levels).isEqualTo(oneByOne.levels);
        assertThat(inBatches.reservations).isEqualTo(oneByOne.reservations);
    }

    /** What may reach the ledger: any order of commands, but a reserve at most once and never after its release. */
    @Provide
    Arbitrary<List<InventoryCommand>> commands() {
        Arbitrary<OrderId> orders = Arbitraries.integers().between(1, 12).map(n -> new OrderId(new UUID(0, n)));
        Arbitrary<OrderLine> line = Combinators.combine(
                        Arbitraries.of(SKUS), Arbitraries.integers().between(1, 4))
                .as(OrderLine::new);
        Arbitrary<InventoryCommand> reserve = Combinators.combine(
                        orders, line.list().ofMinSize(1).ofMaxSize(4))
                .as(ReserveInventory::new);
        Arbitrary<InventoryCommand> command =
                Arbitraries.oneOf(reserve, orders.map(CommitReservation::new), orders.map(ReleaseInventory::new));
        return command.list().ofMaxSize(40).map(StockLedgerPropertyTest::admissible);
    }

    private static List<InventoryCommand> admissible(List<InventoryCommand> commands) {
        List<InventoryCommand> admitted = new ArrayList<>();
        for (InventoryCommand command : commands) {
            boolean closed = admitted.stream()
                    .filter(earlier -> earlier.orderId().equals(command.orderId()))
                    .anyMatch(earlier -> !(earlier instanceof CommitReservation));
            if (!(command instanceof ReserveInventory && closed)) {
                admitted.add(command);
            }
        }
        return admitted;
    }

    /** Stands for the two tables. */
    private static final class Store {

        private final Map<Sku, StockLevel> levels = SKUS.stream()
                .map(sku -> new StockLevel(sku, SEEDED, 0, 0))
                .collect(Collectors.toMap(StockLevel::sku, level -> level));
        private final Map<OrderId, Reservation> reservations = new HashMap<>();

        List<StepReply> run(List<InventoryCommand> commands, int batchSize) {
            List<StepReply> replies = new ArrayList<>();
            for (int from = 0; from < commands.size(); from += batchSize) {
                StockLedger ledger = new StockLedger(levels.values(), reservations.values());
                commands.subList(from, Math.min(from + batchSize, commands.size())).stream()
                        .map(ledger::decide)
                        .forEach(replies::add);
                ledger.changedLevels().forEach(level -> levels.put(level.sku(), level));
                ledger.newReservations().forEach(this::store);
                ledger.changedReservations().forEach(this::store);
            }
            return replies;
        }

        private void store(Reservation reservation) {
            reservations.put(reservation.orderId(), reservation);
        }

        long unitsIn(State state, Sku sku) {
            return reservations.values().stream()
                    .filter(reservation -> reservation.state() == state)
                    .mapToLong(reservation -> reservation.quantities().getOrDefault(sku, 0L))
                    .sum();
        }
    }
}
