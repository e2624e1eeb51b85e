package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.server.WatchStream;
import io.orderly.coordinator.simulation.workload.SimulationContext;
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.coordinator.watch.WatchResponse;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A watch on any node, from its client's end. It keeps the order of what it carries, and dies with the node's process in silence. */
final class WatchConnection {

    private static final int ROOM = 4;

    private final SimulationContext context;
    private final NodeId node;
    private final Consumer<WatchResponse> listener;
    private @Nullable StoreServer server;
    private @Nullable WatchStream stream;
    private long lastArrivalMicros;
    private boolean isClosed;

    /** @param listener hears what it is told until it closes */
    WatchConnection(SimulationContext context, WatchRequest request, Consumer<WatchResponse> listener) {
        this.context = context;
        this.listener = listener;
        List<NodeId> nodes = context.nodes().nodeIds();
        node = nodes.get(context.random().nextInt(nodes.size()));
        travel(() -> context.nodes().at(node, found -> {
            server = (StoreServer) found;
            stream = server.watch(request, ROOM, this::arriveLater).orElseThrow();
        }));
    }

    NodeId node() {
        return node;
    }

    /** The client can take one more. */
    void took() {
        at(one -> one.addRoom(1));
    }

    void close() {
        isClosed = true;
        at(WatchStream::close);
    }

    /** Says something to the process that the watch was opened on, if it still runs. */
    private void at(Consumer<WatchStream> request) {
        travel(() -> context.nodes().at(node, found -> {
            if (found == server && stream != null) {
                request.accept(stream);
            }
        }));
    }

    private void travel(Runnable request) {
        context.time().after(context.random().nextLong(50, 1_000), request);
    }

    private void arriveLater(WatchResponse delivery) {
        long now = context.time().nowMicros();
        lastArrivalMicros = Math.max(lastArrivalMicros, now + context.random().nextLong(50, 1_000));
        context.time().after(lastArrivalMicros - now, () -> {
            if (!isClosed) {
                listener.accept(delivery);
            }
        });
    }
}
