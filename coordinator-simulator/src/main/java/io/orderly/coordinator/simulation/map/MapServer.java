package io.orderly.coordinator.simulation.map;

import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Origin;
import io.orderly.coordinator.consensus.Payload;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.simulation.history.MapCommand;
import io.orderly.coordinator.simulation.workload.NodeAccess;
import io.orderly.coordinator.simulation.workload.WorkloadServer;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The map on one node. */
final class MapServer implements WorkloadServer {

    private final NodeAccess node;
    private final Consumer<MapRequest> tookEffect;
    private ReplicatedMap map = new ReplicatedMap();

    /** The effect of the last entry; null if it had none. */
    private @Nullable MapRequest done;

    MapServer(NodeAccess node, Consumer<MapRequest> tookEffect) {
        this.node = node;
        this.tookEffect = tookEffect;
    }

    void submit(MapRequest request, Consumer<Reply<Long>> answer) {
        boolean readsWithoutLog = request.command() instanceof MapCommand.Get && request.operation() % 4 != 0;
        NodeAccess.Listener listener = (outcome, result) -> answer.accept(answerTo(request, outcome, result));
        if (readsWithoutLog) {
            node.read(Origin.CLIENT, listener);
        } else {
            node.propose(request.encode(), Origin.CLIENT, listener);
        }
    }

    private Reply<Long> answerTo(MapRequest request, ReplicaOutcome outcome, @Nullable Object result) {
        return switch (outcome) {
            case ReplicaOutcome.Applied _ -> new Reply.Completed<>((Long) result);
            case ReplicaOutcome.Readable _ -> new Reply.Completed<>(map.get(request.key()));
            default -> Reply.withoutResult(outcome);
        };
    }

    @Override
    public Object apply(Entry entry) {
        MapRequest request =
                entry.payload() instanceof Payload.Command command ? MapRequest.decode(command.bytes()) : null;
        node.trace(() -> "applies " + entry.slot() + " " + request);
        if (request == null) {
            done = null;
            map.pass(entry.slot());
            return 0L;
        }
        done = map.isApplied(request) ? null : request;
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
