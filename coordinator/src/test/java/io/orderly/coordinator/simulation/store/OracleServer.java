package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.clock.OracleEffect;
import io.orderly.coordinator.clock.OracleInput;
import io.orderly.coordinator.clock.OracleSettings;
import io.orderly.coordinator.clock.TimestampOracle;
import io.orderly.coordinator.clock.TimestampRange;
import io.orderly.coordinator.consensus.Origin;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import io.orderly.coordinator.simulation.workload.NodeAccess;
import io.orderly.coordinator.simulation.workload.Reply;
import io.orderly.coordinator.store.CommandCodec;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The timestamp oracle on one node, with the questions that it asks. */
final class OracleServer {

    /** Small, so that windows are used up and requests wait. */
    private static final OracleSettings SETTINGS =
            new OracleSettings(Duration.ofMillis(400), Duration.ofSeconds(5), 10_000, 16);

    private final NodeAccess core;
    private final LongSupplier wallMillis;
    private final LongSupplier replicatedBound;
    private final TimestampOracle oracle = new TimestampOracle(SETTINGS);
    private final Map<Long, Consumer<Reply<TimestampRange>>> requests = new HashMap<>();
    private final List<OracleInput> inputs = new ArrayList<>();
    private long lastRequest;
    private boolean isStepping;

    OracleServer(NodeAccess core, LongSupplier wallMillis, LongSupplier replicatedBound) {
        this.core = core;
        this.wallMillis = wallMillis;
        this.replicatedBound = replicatedBound;
    }

    void ask(int count, Consumer<Reply<TimestampRange>> answer) {
        requests.put(++lastRequest, answer);
        take(new OracleInput.Requested(lastRequest, count));
    }

    private void take(OracleInput input) {
        inputs.add(input);
        while (!isStepping && !inputs.isEmpty()) {
            List<OracleInput> all = List.copyOf(inputs);
            inputs.clear();
            isStepping = true;
            oracle.step(wallMillis.getAsLong(), all).forEach(this::carryOut);
            isStepping = false;
        }
    }

    private void carryOut(OracleEffect effect) {
        switch (effect) {
            case OracleEffect.ConfirmLeadership(long token) ->
                core.read(Origin.NODE, (outcome, _) -> take(confirmed(token, outcome)));
            case OracleEffect.RaiseBound(long token, long bound) ->
                core.propose(
                        CommandCodec.encode(new StoreCommand.RaiseTimestampBound(bound)),
                        Origin.NODE,
                        (outcome, result) -> take(raised(token, outcome, result)));
            case OracleEffect.Granted(long request, TimestampRange range) -> {
                core.trace(() -> "hands out " + range);
                answer(request, new Reply.Done<>(range));
            }
            case OracleEffect.Refused(long request, Refusal refusal) ->
                answer(
                        request,
                        new Reply.Refused<>(refusal instanceof Refusal.NotLeader other ? other.leader() : null));
            case OracleEffect.AheadOfClock ahead -> answer(ahead.request(), new Reply.Refused<>(core.id()));
        }
    }

    private void answer(long request, Reply<TimestampRange> answer) {
        requests.remove(request).accept(answer);
    }

    private OracleInput confirmed(long token, ReplicaOutcome outcome) {
        return outcome instanceof ReplicaOutcome.Readable
                ? new OracleInput.Confirmed(token, replicatedBound.getAsLong())
                : failed(token, outcome);
    }

    private static OracleInput raised(long token, ReplicaOutcome outcome, @Nullable Object result) {
        return result instanceof StoreResponse.TimestampBound bound
                ? new OracleInput.Raised(token, bound.previous(), bound.bound())
                : failed(token, outcome);
    }

    private static OracleInput failed(long token, ReplicaOutcome outcome) {
        return new OracleInput.Failed(
                token,
                outcome instanceof ReplicaOutcome.NotApplied refused ? refused.refusal() : new Refusal.NotLeader(null));
    }
}
