package io.orderly.coordinator.etcd;

import io.orderly.coordinator.member.Coordinator;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import java.util.concurrent.CompletableFuture;

/**
 * Compactions of the history. The store frees compacted versions in small parts, with each command that it applies; a physical compaction
 * adds commands without another effect until all of them are free.
 */
final class Compactions {

    private static final StoreCommand WITHOUT_EFFECT = new StoreCommand.RaiseTimestampBound(0);

    /** Consecutive commands before the state is checked again. */
    private static final int COMMANDS_PER_ROUND = 32;

    private final Coordinator coordinator;

    Compactions(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    CompletableFuture<Reply<StoreResponse>> compact(long revision) {
        return coordinator.execute(new StoreCommand.Compact(revision));
    }

    /** Completes once the memory of this member is free. */
    CompletableFuture<Reply<StoreResponse>> compactPhysically(long revision) {
        return compact(revision)
                .thenCompose(reply -> reply instanceof Reply.Completed<StoreResponse>(StoreResponse response)
                                && response instanceof StoreResponse.Done
                        ? sweep().thenApply(_ -> reply)
                        : CompletableFuture.completedFuture(reply));
    }

    /** If a command is refused, the rest is freed with later commands. */
    private CompletableFuture<Boolean> sweep() {
        return coordinator
                .localView()
                .thenCompose(reply -> reply instanceof Reply.Completed(var view) && !view.isSwept()
                        ? push(COMMANDS_PER_ROUND)
                                .thenCompose(done -> done ? sweep() : CompletableFuture.completedFuture(false))
                        : CompletableFuture.completedFuture(true));
    }

    private CompletableFuture<Boolean> push(int commands) {
        CompletableFuture<Reply<StoreResponse>> last = coordinator.execute(WITHOUT_EFFECT);
        for (int i = 1; i < commands; i++) {
            last = last.thenCombine(coordinator.execute(WITHOUT_EFFECT), (_, reply) -> reply);
        }
        return last.thenApply(Reply.Completed.class::isInstance);
    }
}
