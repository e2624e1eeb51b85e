package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.server.WatchStream;
import io.orderly.coordinator.simulation.workload.SimulationContext;
import io.orderly.coordinator.watch.WatchResponse;
import io.orderly.coordinator.watch.WatchRequest;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A watch on any node, from its client's end. It keeps the order of what it carries, and dies with the node's process in silence. */
final class WatchConnection {

    private static final int ROOM = 4;

    private final SimulationContext world;
    private final NodeId node;
    private final Consumer<WatchResponse> listener;
    private @Nullable StoreServer server;
    private @Nullable WatchStream stream;
    private long lastArrivalMicros;
    private boolean isClosed;

    /** @param listener hears what it is told until it closes */
    WatchConnection(SimulationContext world, WatchRequest request, Consumer<WatchResponse> listener) {
        this.world = world;
        this.listener = listener;
        List<NodeId> nodes = world.nodes().nodeIds();
        node = nodes.get(world.random().nextInt(nodes.size()));
        travel(() -> world.nodes().at(node, found -> {
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
        travel(() -> world.nodes().at(node, found -> {
            if (found == server && stream != null) {
                request.accept(stream);
            }
        }));
    }

    private void travel(Runnable request) {
        world.time().after(world.random().nextLong(50, 1_000), request);
    }

    private void arriveLater(WatchResponse delivery) {
        long now = world.time().nowMicros();
        lastArrivalMicros = Math.max(lastArrivalMicros, now + world.random().nextLong(50, 1_000));
        world.time().after(lastArrivalMicros - now, () -> {
            if (!isClosed) {
                listener.accept(delivery);
            }
        });
    }
}
