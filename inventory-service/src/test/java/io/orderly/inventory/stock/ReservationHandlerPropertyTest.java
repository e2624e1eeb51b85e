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

/** Random commands of twelve orders for three products with low stock, in batches of random size. */
class ReservationHandlerPropertyTest {

    private static final List<Sku> SKUS = List.of(new Sku("A"), new Sku("B"), new Sku("C"));
    private static final long SEEDED = 10;

    @Property
    void unitsAreConserved(
            @ForAll("commands") List<InventoryCommand> commands, @ForAll @IntRange(min = 1, max = 40) int batchSize) {
        InMemoryInventory inventory = inventory();

        run(inventory, commands, batchSize);

        for (StockLevel level : inventory.levels()) {
            assertThat(level.onHand() + level.reserved() + level.shipped()).isEqualTo(SEEDED);
            assertThat(level.reserved()).isEqualTo(inventory.unitsIn(State.RESERVED, level.sku()));
            assertThat(level.shipped()).isEqualTo(inventory.unitsIn(State.SHIPPED, level.sku()));
        }
    }

    @Property
    void anOrderReservesAllOfItsLinesOrNone(@ForAll("commands") List<InventoryCommand> commands) {
        InMemoryInventory inventory = inventory();
        for (InventoryCommand command : commands) {
            List<StockLevel> before = inventory.levels();

            StepReply reply = run(inventory, List.of(command), 1).getFirst();

            if (command instanceof ReserveInventory reserve) {
                Map<Sku, Long> wanted = reserve.lines().stream()
                        .collect(Collectors.groupingBy(OrderLine::sku, Collectors.summingLong(OrderLine::quantity)));
                boolean enough =
                        before.stream().allMatch(level -> level.onHand() >= wanted.getOrDefault(level.sku(), 0L));
                assertThat(reply).isInstanceOf(enough ? StockReserved.class : StepDeclined.class);
                for (StockLevel level : before) {
                    long taken = enough ? wanted.getOrDefault(level.sku(), 0L) : 0;
                    assertThat(inventory.level(level.sku()))
                            .isEqualTo(new StockLevel(
                                    level.sku(), level.onHand() - taken, level.reserved() + taken, level.shipped()));
                }
            }
        }
    }

    @Property
    void theResultDoesNotDependOnTheBatchSize(
            @ForAll("commands") List<InventoryCommand> commands, @ForAll @IntRange(min = 2, max = 40) int batchSize) {
        InMemoryInventory oneByOne = inventory();
        InMemoryInventory inBatches = inventory();

        assertThat(run(inBatches, commands, batchSize)).isEqualTo(run(oneByOne, commands, 1));
        assertThat(inBatches.levels()).isEqualTo(oneByOne.levels());
        assertThat(inBatches.reservations()).isEqualTo(oneByOne.reservations());
    }

    /** Commands in any order, except that an order is reserved at most once and never after its release. */
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
        return command.list().ofMaxSize(40).map(ReservationHandlerPropertyTest::admissible);
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

    private static InMemoryInventory inventory() {
        InMemoryInventory inventory = new InMemoryInventory();
        SKUS.forEach(sku -> inventory.with(sku, SEEDED));
        return inventory;
    }

    private static List<StepReply> run(InMemoryInventory inventory, List<InventoryCommand> commands, int batchSize) {
        List<StepReply> replies = new ArrayList<>();
        for (int from = 0; from < commands.size(); from += batchSize) {
            replies.addAll(inventory.handle(commands.subList(from, Math.min(from + batchSize, commands.size()))));
        }
        return replies;
    }
}
