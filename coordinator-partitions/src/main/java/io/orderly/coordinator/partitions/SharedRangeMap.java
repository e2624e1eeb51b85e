package io.orderly.coordinator.partitions;

import io.orderly.coordinator.client.CoordinatorClient;
import io.orderly.coordinator.client.CoordinatorException;
import io.orderly.coordinator.client.Watch;
import io.orderly.coordinator.client.WatchListener;
import io.orderly.coordinator.client.WriteOutcome;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Compare;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.partitions.range.RangeMapStore;
import java.util.List;

/** The range map of a service under its key {@code /ranges/<service>/map} in the coordinator. */
final class SharedRangeMap implements RangeMapStore {

    private final CoordinatorClient client;
    private final Bytes key;

    SharedRangeMap(CoordinatorClient client, String service) {
        this.client = client;
        key = Bytes.utf8("/ranges/%s/map".formatted(service));
    }

    @Override
    public Watching watch(Listener listener) {
        Watch watch = client.watch(WatchRequest.of(KeyRange.of(key), 0), changes(listener));
        return watch::close;
    }

    @Override
    public Result replace(long expectedRevision, String text) {
        try {
            return switch (client.execute(new StoreCommand.Txn(
                    List.of(Compare.isUnchangedSince(key, expectedRevision)),
                    List.of(StoreCommand.Put.of(key, Bytes.utf8(text))),
                    List.of()))) {
                case WriteOutcome.Applied applied when applied.succeeded() -> new Result.Replaced(applied.revision());
                case WriteOutcome.Applied _ -> new Result.Conflict();
                case WriteOutcome.NotApplied(WriteOutcome.Reason.ConditionFailed _) -> new Result.Conflict();
                case WriteOutcome.NotApplied(WriteOutcome.Reason reason) -> new Result.Failed(reason.toString());
                case WriteOutcome.Unknown(String cause) ->
                    new Result.Failed("the coordinator does not answer, and the map may have been stored: " + cause);
            };
        } catch (CoordinatorException e) {
            return new Result.Failed("the coordinator does not answer: " + e.getMessage());
        }
    }

    static WatchListener changes(Listener listener) {
        return new WatchListener() {

            @Override
            public void onEvents(long revision, List<KeyEvent> events) {
                switch (events.getLast()) {
                    case KeyEvent.Put put -> stored(put.current());
                    case KeyEvent.Deleted _ -> listener.stored(0, null);
                }
            }

            @Override
            public void onKeys(long revision, List<KeyValue> keyValues) {
                if (keyValues.isEmpty()) {
                    listener.stored(0, null);
                } else {
                    stored(keyValues.getFirst());
                }
            }

            private void stored(KeyValue map) {
                listener.stored(map.modRevision(), map.value().toUtf8());
            }
        };
    }
}
