package io.orderly.kit;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.Topic;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.InventoryCommand;
import io.orderly.contracts.inventory.ReleaseInventory;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import io.orderly.contracts.reply.StockCommitted;
import io.orderly.contracts.reply.StockReleased;
import io.orderly.contracts.reply.StockReserved;
import io.orderly.kit.outbox.OutboxRow;
import io.orderly.kit.outbox.PublicationListener;
import io.orderly.kit.participant.CommandBatch;
import io.orderly.kit.participant.CommandHandler;
import io.orderly.kit.testing.ServiceProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A minimal participant that records each effect, so that tests can count them. */
@SpringBootApplication
public class TestServiceApplication {

    static void main(String[] args) {
        SpringApplication.run(TestServiceApplication.class, args);
    }

    /**
     * Stops its own process as {@code kill -STOP} does, once for each time that the test creates a file, between the publication of messages and
     * their deletion from the outbox.
     */
    @Component
    @ConditionalOnProperty("test.pause-file")
    static class PausesItself implements PublicationListener {

        private final Path file;

        PausesItself(@Value("${test.pause-file}") Path file) {
            this.file = file;
        }

        @Override
        public void published(List<OutboxRow> rows) {
            ServiceProcess.stopItself(file);
        }
    }

    @Component
    public static class Effects implements CommandHandler<InventoryCommand> {

        private static final Consumer<InventoryCommand> NO_ACTION = command -> {};

        private final JdbcClient jdbc;
        private final Set<OrderId> deferred = ConcurrentHashMap.newKeySet();
        private final Set<OrderId> refused = ConcurrentHashMap.newKeySet();
        private volatile Consumer<InventoryCommand> action = NO_ACTION;

        Effects(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        /** Sets an action that runs when a command is handled; it may throw. */
        public void onCommand(Consumer<InventoryCommand> action) {
            this.action = action;
        }

        public void reset() {
            action = NO_ACTION;
        }

        /** Refuses the next command of this order. */
        public void refuseOnce(OrderId order) {
            refused.add(order);
        }

        /** Defers the reply to the reservation of this order. */
        public void deferReply(OrderId order) {
            deferred.add(order);
        }

        public List<String> of(OrderId order) {
            return jdbc.sql("select step from effects where order_id = ? order by at")
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
            return batch.commands().stream()
                    .map(this::handle)
                    .flatMap(Optional::stream)
                    .toList();
        }

        private Optional<StepReply> handle(InventoryCommand command) {
            if (refused.remove(command.orderId())) {
                return Optional.of(new StepRefused(command.orderId(), command.step(), "NOT_NOW", "not yet"));
            }
            jdbc.sql("insert into effects (order_id, step) values (?, ?)")
                    .param(command.orderId().value())
                    .param(command.step().name())
                    .update();
            action.accept(command);
            if (command.step() == SagaStep.RESERVE_INVENTORY && deferred.contains(command.orderId())) {
                return Optional.empty();
            }
            return Optional.of(
                    switch (command) {
                        case ReserveInventory reserve -> new StockReserved(reserve.orderId());
                        case ReleaseInventory release -> new StockReleased(release.orderId());
                        case CommitReservation commit -> new StockCommitted(commit.orderId());
                    });
        }
    }
}
