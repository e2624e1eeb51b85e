package io.orderly.coordinator.member;

import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.StoreResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a response is so large that the event loop leaves its conversion to another thread. */
final class ResponseSize {

    private static final long MAX_BYTES_ON_LOOP = 1 << 20;

    /** What a key costs beside its bytes: the numbers of its version, and the objects of the message. */
    private static final int BYTES_PER_KEY = 64;

    private ResponseSize() {}

    static boolean isLarge(StoreResponse response) {
        return bytesOf(response) > MAX_BYTES_ON_LOOP;
    }

    private static long bytesOf(StoreResponse response) {
        return switch (response) {
            case StoreResponse.Range range -> bytesOf(range.keyValues());
            case StoreResponse.DeleteRange delete -> bytesOf(delete.previous());
            case StoreResponse.Put put -> bytesOf(put.previous());
            case StoreResponse.Txn txn ->
                txn.answers().stream().mapToLong(ResponseSize::bytesOf).sum();
            case StoreResponse.LeaseGranted _,
                    StoreResponse.LeasesKeptAlive _,
                    StoreResponse.TimestampBound _,
                    StoreResponse.Done _,
                    StoreResponse.ResponseNotKept _,
                    StoreResponse.Refused _ -> 0;
        };
    }

    private static long bytesOf(List<KeyValue> keyValues) {
        return keyValues.stream().mapToLong(ResponseSize::bytesOf).sum();
    }

    private static long bytesOf(@Nullable KeyValue keyValue) {
        return keyValue == null
                ? 0
                : BYTES_PER_KEY + keyValue.key().size() + keyValue.value().size();
    }
}
