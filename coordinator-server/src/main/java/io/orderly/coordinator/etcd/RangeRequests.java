package io.orderly.coordinator.etcd;

import io.orderly.coordinator.api.etcd.RangeRequest;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.RangeOptions;
import io.orderly.coordinator.store.RangeOptions.Bounds;
import io.orderly.coordinator.store.Sort;

/** Range requests as reads of the store. */
final class RangeRequests {

    private static final Bounds NOTHING = new Bounds(Long.MAX_VALUE, 0);

    private RangeRequests() {}

    /** @throws io.grpc.StatusRuntimeException if the request is invalid */
    static Operation.Range read(RangeRequest request) {
        if (request.getKey().isEmpty()) {
            throw EtcdError.EMPTY_KEY.exception();
        }
        return new Operation.Range(ByteStrings.keyRange(request.getKey(), request.getRangeEnd()), options(request));
    }

    private static RangeOptions options(RangeRequest request) {
        return new RangeOptions(
                Math.max(0, request.getRevision()),
                Math.max(0, request.getLimit()),
                sort(request),
                detail(request),
                bounds(request.getMinModRevision(), request.getMaxModRevision()),
                bounds(request.getMinCreateRevision(), request.getMaxCreateRevision()));
    }

    private static RangeOptions.Detail detail(RangeRequest request) {
        if (request.getCountOnly()) {
            return RangeOptions.Detail.COUNT;
        }
        return request.getKeysOnly() ? RangeOptions.Detail.KEYS : RangeOptions.Detail.ALL;
    }

    private static Sort sort(RangeRequest request) {
        boolean descending = switch (request.getSortOrder()) {
            case NONE, ASCEND -> false;
            case DESCEND -> true;
            case UNRECOGNIZED -> throw EtcdError.INVALID_SORT_OPTION.exception();
        };
        return switch (request.getSortTarget()) {
            case KEY -> descending ? new Sort(Sort.Field.KEY, true) : Sort.BY_KEY;
            case VERSION -> new Sort(Sort.Field.VERSION, descending);
            case CREATE -> new Sort(Sort.Field.CREATE_REVISION, descending);
            case MOD -> new Sort(Sort.Field.MOD_REVISION, descending);
            case VALUE -> new Sort(Sort.Field.VALUE, descending);
            case UNRECOGNIZED -> throw EtcdError.INVALID_SORT_OPTION.exception();
        };
    }

    /** A negative minimum excludes nothing, a negative maximum everything. */
    private static Bounds bounds(long min, long max) {
        if (max < 0) {
            return NOTHING;
        }
        return min <= 0 && max == 0 ? Bounds.NONE : new Bounds(Math.max(0, min), max);
    }
}
