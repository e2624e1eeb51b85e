package io.orderly.coordinator.etcd;

import com.google.protobuf.ByteString;
import io.orderly.coordinator.api.etcd.WatchCreateRequest;
import io.orderly.coordinator.api.etcd.WatchCreateRequest.FilterType;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.watch.WatchRequest;

/** Converts watch requests to those of the store. */
final class WatchRequests {

    private static final ByteString FIRST_KEY = ByteString.copyFrom(new byte[1]);

    private WatchRequests() {}

    /** An empty key stands for the lowest possible key. */
    static KeyRange keys(WatchCreateRequest request) {
        return ByteStrings.keyRange(request.getKey().isEmpty() ? FIRST_KEY : request.getKey(), request.getRangeEnd());
    }

    static boolean isEmpty(KeyRange keys) {
        Bytes end = keys.end();
        return end != null && end.compareTo(keys.first()) <= 0;
    }

    /** @param request whose start revision is not negative */
    static WatchRequest watch(WatchCreateRequest request, KeyRange keys) {
        return new WatchRequest(
                keys,
                request.getStartRevision(),
                !request.getFiltersList().contains(FilterType.NOPUT),
                !request.getFiltersList().contains(FilterType.NODELETE),
                request.getPrevKv(),
                request.getProgressNotify(),
                request.getFragment());
    }
}
