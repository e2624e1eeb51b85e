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

/** The steps that a participant was told to take for the orders of one transaction, before it and in it. */
final class RecordedSteps {

    static final String ALREADY_COMPENSATED = "ALREADY_COMPENSATED";

    private final Map<StepRecord.Key, StepRecord> taken = new HashMap<>();
    private final List<StepRecord> fresh = new ArrayList<>();

    /** @param before all of these orders */
    RecordedSteps(Collection<StepRecord> before) {
        before.forEach(record -> taken.put(record.key(), record));
    }

    /** That this command's step was taken already; null if it was not. */
    @Nullable StepRecord before(Command command) {
        return taken.get(StepRecord.Key.of(command));
    }

    /**
     * Notes that the step is taken now, and buries its forward step if it is a compensation that comes first.
     *
     * @param reply null while the answer is open
     */
    void take(Command command, UUID commandId, @Nullable TraceParent traceParent, @Nullable StepReply reply) {
        add(new StepRecord(command.orderId(), command.step(), commandId, traceParent, reply));
        buryForward(command, commandId, traceParent);
    }

    /**
     * A compensation without its forward step takes that one's place, so that it will be refused. The row is the tombstone: a
     * forward step that is under way elsewhere, by a consumer that does not know yet that it has lost its partition, wants to
     * insert the same one. Only one of the two commits, and the other looks again.
     */
    private void buryForward(Command command, UUID commandId, @Nullable TraceParent traceParent) {
        OrderId order = command.orderId();
        SagaStep forward = command.step().forward();
        if (!taken.containsKey(new StepRecord.Key(order, forward))) {
            add(new StepRecord(order, forward, commandId, traceParent, refusal(order, forward)));
        }
    }

    private void add(StepRecord record) {
        taken.put(record.key(), record);
        fresh.add(record);
    }

    /** What was taken now. */
    List<StepRecord> fresh() {
        return fresh;
    }

    private static StepRefused refusal(OrderId order, SagaStep forward) {
        return new StepRefused(order, forward, ALREADY_COMPENSATED, forward + " came after its compensation");
    }
}
