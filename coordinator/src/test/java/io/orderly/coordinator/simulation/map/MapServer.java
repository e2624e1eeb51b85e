package io.orderly.coordinator.simulation.map;

import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Origin;
import io.orderly.coordinator.consensus.Outcome;
import io.orderly.coordinator.consensus.Payload;
import io.orderly.coordinator.simulation.history.MapCommand;
import io.orderly.coordinator.simulation.workload.Answer;
import io.orderly.coordinator.simulation.workload.Core;
import io.orderly.coordinator.simulation.workload.Server;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The map on one node. */
final class MapServer implements Server {

    private final Core core;
    private final Consumer<Request> tookEffect;
    private ReplicatedMap map = new ReplicatedMap();

    /** What the last entry did; null if nothing. */
    private @Nullable Request done;

    MapServer(Core core, Consumer<Request> tookEffect) {
        this.core = core;
        this.tookEffect = tookEffect;
    }

    void ask(Request request, Consumer<Answer<Long>> answer) {
        boolean readsWithoutLog = request.command() instanceof MapCommand.Get && request.operation() % 4 != 0;
        Core.Listener listener = (outcome, result) -> answer.accept(answerTo(request, outcome, result));
        if (readsWithoutLog) {
            core.read(Origin.CLIENT, listener);
        } else {
            core.propose(request.encode(), Origin.CLIENT, listener);
        }
    }

    private Answer<Long> answerTo(Request request, Outcome outcome, @Nullable Object result) {
        return switch (outcome) {
            case Outcome.Applied _ -> new Answer.Done<>((Long) result);
            case Outcome.Readable _ -> new Answer.Done<>(map.get(request.key()));
            default -> Answer.withoutResult(outcome);
        };
    }

    @Override
    public Object apply(Entry entry) {
        Request request = entry.payload() instanceof Payload.Command command ? Request.decode(command.bytes()) : null;
        core.trace(() -> "applies " + entry.slot() + " " + request);
        if (request == null) {
            done = null;
            map.pass(entry.slot());
            return 0L;
        }
        done = map.isOver(request) ? null : request;
        return map.apply(entry.slot(), request);
    }

    @Override
    public void decided() {
        if (done != null) {
            tookEffect.accept(done);
        }
    }

    @Override
    public Iterator<byte[]> snapshot() {
        return List.of(map.snapshot()).iterator();
    }

    @Override
    public Restoration restoration(InputStream snapshot) {
        return () -> {
            map = ReplicatedMap.restore(snapshot.readAllBytes());
            return true;
        };
    }

    @Override
    public long fingerprint() {
        return map.fingerprint();
    }
}
