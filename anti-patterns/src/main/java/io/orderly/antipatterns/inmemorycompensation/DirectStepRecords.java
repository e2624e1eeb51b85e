package io.orderly.antipatterns.inmemorycompensation;

import io.orderly.contracts.Message;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import io.orderly.kit.unitofwork.UnitOfWork;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The steps that a participant has taken, in the table of those that it takes for sagas. */
final class DirectStepRecords {

    private static final String OF_ORDER = "select step, reply_type, reply from step_records where order_id = ?";

    private static final String INSERT =
            "insert into step_records (order_id, step, command_id, reply_type, reply) values (?, ?, ?, ?, ?)";

    private final JdbcClient jdbc;
    private final UnitOfWork unitOfWork;

    DirectStepRecords(JdbcClient jdbc, UnitOfWork unitOfWork) {
        this.jdbc = jdbc;
        this.unitOfWork = unitOfWork;
    }

    /** @param replies to the steps taken; empty while a reply is open */
    record OrderSteps(OrderId order, Map<SagaStep, Optional<StepReply>> replies) {

        boolean isTaken(SagaStep step) {
            return replies.containsKey(step);
        }

        Optional<StepReply> replyTo(SagaStep step) {
            return replies.getOrDefault(step, Optional.empty());
        }
    }

    OrderSteps of(OrderId order) {
        Map<SagaStep, Optional<StepReply>> replies = new HashMap<>();
        jdbc.sql(OF_ORDER).param(order.value()).query(row -> {
            replies.put(SagaStep.valueOf(row.getString("step")), replyIn(row));
        });
        return new OrderSteps(order, replies);
    }

    private static Optional<StepReply> replyIn(ResultSet row) throws SQLException {
        String type = row.getString("reply_type");
        return type == null
                ? Optional.empty()
                : Optional.of((StepReply) MessageCodec.decode(type, row.getBytes("reply")));
    }

    /**
     * Remembers at the commit that a step was taken. A compensation that comes before its forward step takes that one's place, so
     * that it will be refused. The commit fails with a {@link org.springframework.dao.DuplicateKeyException} if another call
     * took either of them meanwhile.
     */
    void remember(OrderSteps known, StepReply reply) {
        insert(reply);
        SagaStep forward = reply.step().forward();
        if (forward != reply.step() && !known.isTaken(forward)) {
            insert(new StepRefused(
                    known.order(), forward, "ALREADY_COMPENSATED", forward + " came after its compensation"));
        }
    }

    private void insert(StepReply reply) {
        unitOfWork.write(
                INSERT,
                reply.orderId().value(),
                reply.step().name(),
                UUID.randomUUID(),
                MessageType.of((Message) reply).name(),
                MessageCodec.encode((Message) reply));
    }
}
