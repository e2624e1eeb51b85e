package io.orderly.kit.participant;

import io.orderly.contracts.Command;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import io.orderly.kit.messaging.TraceParent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The recorded steps of the orders in one transaction: those of earlier transactions and those that this one adds. */
final class RecordedSteps {

    static final String ALREADY_COMPENSATED = "ALREADY_COMPENSATED";

    private final Map<StepRecord.Key, StepRecord> records = new HashMap<>();
    private final List<StepRecord> added = new ArrayList<>();

    /** @param recorded all recorded steps of these orders */
    RecordedSteps(Collection<StepRecord> recorded) {
        recorded.forEach(record -> records.put(record.key(), record));
    }

    /** The record of this command's step; null if there is none. */
    @Nullable StepRecord find(Command command) {
        return records.get(StepRecord.Key.of(command));
    }

    /**
     * Records a step. If it is a compensation whose forward step is not recorded, also records a tombstone for the forward
     * step.
     *
     * @param reply null until there is a reply
     */
    void record(Command command, UUID commandId, @Nullable TraceParent traceParent, @Nullable StepReply reply) {
        add(new StepRecord(command.orderId(), command.step(), commandId, traceParent, reply));
        recordTombstone(command, commandId, traceParent);
    }

    /**
     * Records the forward step as refused, so that it will be refused when its command arrives. A consumer that has lost its
     * partition may be executing the forward step at the same time; it inserts a row with the same key, so only one of the
     * two transactions commits and the other is retried.
     */
    private void recordTombstone(Command command, UUID commandId, @Nullable TraceParent traceParent) {
        OrderId order = command.orderId();
        SagaStep forward = command.step().forward();
        if (!records.containsKey(new StepRecord.Key(order, forward))) {
            add(new StepRecord(order, forward, commandId, traceParent, refusal(order, forward)));
        }
    }

    private void add(StepRecord record) {
        records.put(record.key(), record);
        added.add(record);
    }

    /** The steps that this transaction added. */
    List<StepRecord> added() {
        return added;
    }

    private static StepRefused refusal(OrderId order, SagaStep forward) {
        return new StepRefused(order, forward, ALREADY_COMPENSATED, forward + " came after its compensation");
    }
}
