package io.orderly.coordinator.server;

import io.orderly.coordinator.clock.OracleEffect;
import io.orderly.coordinator.clock.OracleInput;
import io.orderly.coordinator.clock.OracleSettings;
import io.orderly.coordinator.clock.TimestampOracle;
import io.orderly.coordinator.clock.TimestampRange;
import io.orderly.coordinator.consensus.Origin;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import io.orderly.coordinator.store.CommandCodec;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs the timestamp oracle of this node: feeds it, and carries out its effects. */
final class TimestampService {

    private final ReplicaAccess replica;
    private final LongSupplier wallMillis;
    private final LongSupplier replicatedBound;
    private final OracleSettings settings;
    private final TimestampOracle oracle;
    private final Map<Long, Consumer<Reply<TimestampRange>>> requests = new HashMap<>();
    private final List<OracleInput> inputs = new ArrayList<>();
    private long lastRequest;
    private boolean isStepping;

    /**
     * @param wallMillis the wall clock of this node
     * @param replicatedBound of the state at the time of the call
     */
    TimestampService(
            ReplicaAccess replica, LongSupplier wallMillis, LongSupplier replicatedBound, OracleSettings settings) {
        this.replica = replica;
        this.wallMillis = wallMillis;
        this.replicatedBound = replicatedBound;
        this.settings = settings;
        oracle = new TimestampOracle(settings);
    }

    void request(int count, Consumer<Reply<TimestampRange>> listener) {
        requests.put(++lastRequest, listener);
        take(new OracleInput.Requested(lastRequest, count));
    }

    /** All replies of a step are given, even if a listener throws; its exception is thrown at the end. */
    private void take(OracleInput input) {
        inputs.add(input);
        if (isStepping) {
            return;
        }
        Failures failures = new Failures();
        isStepping = true;
        try {
            while (!inputs.isEmpty()) {
                List<OracleInput> batch = List.copyOf(inputs);
                inputs.clear();
                oracle.step(wallMillis.getAsLong(), batch).forEach(effect -> carryOut(effect, failures));
            }
        } finally {
            isStepping = false;
        }
        failures.rethrow();
    }

    private void carryOut(OracleEffect effect, Failures failures) {
        switch (effect) {
            case OracleEffect.ConfirmLeadership(long token) ->
                replica.read(Origin.NODE, (outcome, _) -> take(confirmed(token, outcome)));
            case OracleEffect.RaiseBound(long token, long bound) ->
                replica.propose(
                        CommandCodec.encode(new StoreCommand.RaiseTimestampBound(bound)),
                        Origin.NODE,
                        (outcome, response) -> take(raised(token, outcome, response)));
            case OracleEffect.Granted(long request, TimestampRange range) ->
                reply(request, new Reply.Completed<>(range), failures);
            case OracleEffect.Refused(long request, Refusal refusal) ->
                reply(request, new Reply.Refused<>(refusal), failures);
            case OracleEffect.AheadOfClock ahead ->
                reply(ahead.request(), new Reply.RetryLater<>(ahead.ahead().minus(settings.maxDrift())), failures);
        }
    }

    private void reply(long request, Reply<TimestampRange> reply, Failures failures) {
        Consumer<Reply<TimestampRange>> listener = requests.remove(request);
        failures.collect(() -> listener.accept(reply));
    }

    private OracleInput confirmed(long token, ReplicaOutcome outcome) {
        return outcome instanceof ReplicaOutcome.Readable
                ? new OracleInput.Confirmed(token, replicatedBound.getAsLong())
                : failed(token, outcome);
    }

    private static OracleInput raised(long token, ReplicaOutcome outcome, @Nullable StoreResponse response) {
        return response instanceof StoreResponse.TimestampBound bound
                ? new OracleInput.Raised(token, bound.previous(), bound.bound())
                : failed(token, outcome);
    }

    private static OracleInput failed(long token, ReplicaOutcome outcome) {
        return new OracleInput.Failed(
                token,
                outcome instanceof ReplicaOutcome.NotApplied refused ? refused.refusal() : new Refusal.NotLeader(null));
    }
}
