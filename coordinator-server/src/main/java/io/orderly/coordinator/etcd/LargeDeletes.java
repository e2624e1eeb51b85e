package io.orderly.coordinator.etcd;

import io.orderly.coordinator.member.Coordinator;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.store.StoreView;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Deletes ranges. One with more keys than a command may delete is deleted in parts, of which each takes effect at once, in a revision of
 * its own: etcd deletes it in one revision, and answers no other request meanwhile. If a part fails, those before it stay deleted, and the outcome is
 * unknown. A range
 * whose previous values are requested is not divided.
 */
final class LargeDeletes {

    private static final int KEYS_PER_PART = 10_000;

    private final Coordinator coordinator;
    private final Executor longReads;

    LargeDeletes(Coordinator coordinator, Executor longReads) {
        this.coordinator = coordinator;
        this.longReads = longReads;
    }

    CompletableFuture<Reply<StoreResponse>> delete(StoreCommand.DeleteRange command) {
        return coordinator
                .execute(command)
                .thenCompose(reply -> isTooLarge(reply) && !command.returnPrevious()
                        ? deleteInParts(command.keys())
                        : CompletableFuture.completedFuture(reply));
    }

    private static boolean isTooLarge(Reply<StoreResponse> reply) {
        return reply instanceof Reply.Completed<StoreResponse>(StoreResponse response)
                && response instanceof StoreResponse.Refused(long _, StoreRefusal refusal)
                && refusal instanceof StoreRefusal.TooMuchWork;
    }

    private CompletableFuture<Reply<StoreResponse>> deleteInParts(KeyRange keys) {
        return coordinator
                .view()
                .thenApplyAsync(reply -> parts(keys, Refusals.resultOf(reply)), longReads)
                .thenCompose(parts -> deleteNext(parts.iterator(), 0));
    }

    /** @param deletedBefore by earlier parts */
    private CompletableFuture<Reply<StoreResponse>> deleteNext(Iterator<KeyRange> parts, long deletedBefore) {
        return coordinator
                .execute(new StoreCommand.DeleteRange(parts.next(), false))
                .thenCompose(reply -> {
                    if (!(reply instanceof Reply.Completed<StoreResponse>(StoreResponse response)
                            && response instanceof StoreResponse.DeleteRange part)) {
                        // what earlier parts deleted stays deleted: not a request without effect
                        return CompletableFuture.completedFuture(deletedBefore > 0 ? new Reply.Unknown<>() : reply);
                    }
                    long deleted = deletedBefore + part.deleted();
                    return parts.hasNext()
                            ? deleteNext(parts, deleted)
                            : CompletableFuture.completedFuture(new Reply.Completed<>(
                                    new StoreResponse.DeleteRange(part.revision(), deleted, List.of())));
                });
    }

    /** Ranges that cover the whole one, each with a part of the existing keys. */
    private static List<KeyRange> parts(KeyRange keys, StoreView view) {
        List<KeyRange> parts = new ArrayList<>();
        Bytes first = keys.first();
        int size = 0;
        Iterator<KeyValue> all = view.keyValues(view.revision());
        while (all.hasNext()) {
            Bytes key = all.next().key();
            if (keys.contains(key) && ++size > KEYS_PER_PART) {
                parts.add(new KeyRange(first, key));
                first = key;
                size = 1;
            }
        }
        parts.add(new KeyRange(first, keys.end()));
        return parts;
    }
}
