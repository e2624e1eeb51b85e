package io.orderly.chaos;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.InventoryCommand;
import io.orderly.contracts.inventory.ReleaseInventory;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.contracts.reply.StepReply;
import io.orderly.contracts.reply.StockCommitted;
import io.orderly.contracts.reply.StockReleased;
import io.orderly.contracts.reply.StockReserved;
import io.orderly.kit.participant.CommandBatch;
import io.orderly.kit.participant.CommandHandler;
import java.util.List;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A participant that records each effect, so that tests can count them. */
@SpringBootApplication
class ChaosTestApplication {

    @Component
    static class Effects implements CommandHandler<InventoryCommand> {

        private final JdbcClient jdbc;

        Effects(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        List<String> of(OrderId order) {
            return jdbc.sql("select step from effects where order_id = ?")
                    .param(order.value())
                    .query(String.class)
                    .list();
        }

        @Override
        public Topic topic() {
            return Topic.INVENTORY_COMMANDS;
        }

        @Override
        public Class<InventoryCommand> commandType() {
            return InventoryCommand.class;
        }

        @Override
        public List<StepReply> handle(CommandBatch<InventoryCommand> batch) {
            return batch.commands().stream().map(this::handle).toList();
        }

        private StepReply handle(InventoryCommand command) {
            jdbc.sql("insert into effects (order_id, step) values (?, ?)")
                    .param(command.orderId().value())
                    .param(command.step().name())
                    .update();
            return switch (command) {
                case ReserveInventory reserve -> new StockReserved(reserve.orderId());
                case ReleaseInventory release -> new StockReleased(release.orderId());
                case CommitReservation commit -> new StockCommitted(commit.orderId());
            };
        }
    }
}
