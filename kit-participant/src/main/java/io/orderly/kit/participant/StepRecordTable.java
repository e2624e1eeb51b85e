package io.orderly.kit.participant;

import io.orderly.contracts.Message;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.reply.StepReply;
import io.orderly.kit.messaging.TraceParent;
import io.orderly.kit.outbox.TransactionalOutbox;
import io.orderly.kit.unitofwork.UnitOfWork;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of recorded steps; each method executes one statement, whatever the number of rows. */
final class StepRecordTable implements DeferredReplies {

    private static final String OF_ORDERS = """
            select order_id, step, command_id, trace_parent, reply_type, reply
              from step_records where order_id = any(?)""";

    private static final String INSERT = """
            insert into step_records (order_id, step, command_id, trace_parent, reply_type, reply)
            select * from unnest(?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::bytea[])""";

    private static final String ANSWER = """
            update step_records as record
               set reply_type = answer.reply_type, reply = answer.reply
              from unnest(?::uuid[], ?::text[], ?::text[], ?::bytea[]) as answer(order_id, step, reply_type, reply)
             where record.order_id = answer.order_id and record.step = answer.step and record.reply is null
            returning record.order_id, record.step, record.command_id, record.trace_parent,
                      record.reply_type, record.reply""";

    private final JdbcClient jdbc;
    private final UnitOfWork unitOfWork;
    private final TransactionalOutbox outbox;

    StepRecordTable(JdbcClient jdbc, UnitOfWork unitOfWork, TransactionalOutbox outbox) {
        this.jdbc = jdbc;
        this.unitOfWork = unitOfWork;
        this.outbox = outbox;
    }

    List<StepRecord> ofOrders(Collection<OrderId> orders) {
        return jdbc.sql(OF_ORDERS)
                .param(orders.stream().map(OrderId::value).toArray(UUID[]::new))
                .query((row, number) -> read(row))
                .list();
    }

    void insert(List<StepRecord> records) {
        unitOfWork.write(
                INSERT,
                records.stream().map(each -> each.orderId().value()).toArray(UUID[]::new),
                records.stream().map(each -> each.step().name()).toArray(String[]::new),
                records.stream().map(StepRecord::commandId).toArray(UUID[]::new),
                records.stream()
                        .map(each -> TraceParent.toHeader(each.traceParent()))
                        .toArray(String[]::new),
                records.stream().map(each -> typeOf(each.reply())).toArray(String[]::new),
                records.stream().map(each -> bodyOf(each.reply())).toArray(byte[][]::new));
    }

    @Override
    public List<StepReply> send(List<? extends StepReply> replies) {
        if (replies.isEmpty()) {
            return List.of();
        }
        List<StepRecord> answered = jdbc.sql(ANSWER)
                .param(replies.stream().map(reply -> reply.orderId().value()).toArray(UUID[]::new))
                .param(replies.stream().map(reply -> reply.step().name()).toArray(String[]::new))
                .param(replies.stream().map(StepRecordTable::typeOf).toArray(String[]::new))
                .param(replies.stream().map(StepRecordTable::bodyOf).toArray(byte[][]::new))
                .query((row, number) -> read(row))
                .list();
        for (StepRecord each : answered) {
            outbox.append(replyOf(each), each.commandId(), each.traceParent());
        }
        return answered.stream().map(StepRecordTable::replyOf).toList();
    }

    private static StepReply replyOf(StepRecord answered) {
        StepReply reply = answered.reply();
        if (reply == null) {
            throw new IllegalStateException("no reply in " + answered);
        }
        return reply;
    }

    private static @Nullable String typeOf(@Nullable Message reply) {
        return reply == null ? null : MessageType.of(reply).name();
    }

    private static byte @Nullable [] bodyOf(@Nullable Message reply) {
        return reply == null ? null : MessageCodec.encode(reply);
    }

    private static StepRecord read(ResultSet row) throws SQLException {
        String type = row.getString("reply_type");
        return new StepRecord(
                new OrderId(row.getObject("order_id", UUID.class)),
                SagaStep.valueOf(row.getString("step")),
                row.getObject("command_id", UUID.class),
                TraceParent.parse(row.getString("trace_parent")),
                type == null ? null : (StepReply) MessageCodec.decode(type, row.getBytes("reply")));
    }
}
