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

/** The executed steps of a participant, stored in the same table as the steps of sagas. */
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

    /** @param replies the replies to the executed steps; empty while a reply is deferred */
    record OrderSteps(OrderId order, Map<SagaStep, Optional<StepReply>> replies) {

        boolean isExecuted(SagaStep step) {
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
     * Records an executed step at the commit. A compensation without its forward step is recorded for both, so that the
     * forward step will be refused. The commit fails with a {@link org.springframework.dao.DuplicateKeyException} if
     * another call recorded one of them meanwhile.
     */
    void record(OrderSteps recorded, StepReply reply) {
        insert(reply);
        SagaStep forward = reply.step().forward();
        if (forward != reply.step() && !recorded.isExecuted(forward)) {
            insert(new StepRefused(
                    recorded.order(), forward, "ALREADY_COMPENSATED", forward + " arrived after its compensation"));
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
