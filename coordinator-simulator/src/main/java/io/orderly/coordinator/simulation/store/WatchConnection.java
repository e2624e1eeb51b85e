package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.server.WatchStream;
import io.orderly.coordinator.simulation.workload.SimulationContext;
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.coordinator.watch.WatchResponse;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The client's end of a watch on a random node. It keeps the order of the responses, and gets no notice if the node's process ends. */
final class WatchConnection {

    private static final int ROOM = 4;

    private final SimulationContext context;
    private final NodeId node;
    private final Consumer<WatchResponse> listener;
    private @Nullable StoreServer server;
    private @Nullable WatchStream stream;
    private long lastArrivalMicros;
    private boolean isClosed;

    /** @param listener receives responses until the connection is closed */
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

    /** The client can receive one more response. */
    void took() {
        at(one -> one.addRoom(1));
    }

    void close() {
        isClosed = true;
        at(WatchStream::close);
    }

    /** Sends a request to the process that the watch was opened on, if it still runs. */
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
