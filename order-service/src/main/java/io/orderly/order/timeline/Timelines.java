package io.orderly.order.timeline;

import io.orderly.contracts.OrderId;
import io.orderly.order.timeline.TimelineEntry.Kind;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.repository.Repository;

/** Reads and appends timeline entries. */
public interface Timelines extends Repository<TimelineEntry, TimelineEntry.Key>, TimelineWriter {

    /** The entries with a number above {@code seq}, in order; 0 gives all entries. */
    default List<TimelineEntry> after(OrderId order, int seq, int limit) {
        return findByOrderIdAndSeqGreaterThanOrderBySeq(order.value(), seq, Limit.of(limit));
    }

    List<TimelineEntry> findByOrderIdAndSeqGreaterThanOrderBySeq(UUID orderId, int seq, Limit limit);

    /**
     * The last entry of the kind in each of the timelines; timelines without such an entry are left out.
     *
     * @param sizes the number of entries to consider for each order, so that entries appended concurrently do not change the result
     */
    default Map<OrderId, TimelineEntry> last(Kind kind, Map<OrderId, Integer> sizes) {
        return last(
                        kind.name(),
                        sizes.keySet().stream().map(OrderId::value).toArray(UUID[]::new),
                        sizes.values().toArray(Integer[]::new))
                .stream()
                .collect(Collectors.toMap(TimelineEntry::orderId, Function.identity()));
    }

    // one index lookup per timeline, which JPQL cannot express
    @NativeQuery("""
            select entry.* from unnest(cast(:orders as uuid[]), cast(:sizes as int[])) as saga (order_id, size)
             cross join lateral (
                   select * from saga_timeline as latest
                    where latest.order_id = saga.order_id and latest.seq <= saga.size and latest.kind = :kind
                    order by latest.seq desc limit 1) as entry""")
    List<TimelineEntry> last(String kind, UUID[] orders, Integer[] sizes);

    /** Whether the timeline has an entry with this number or a higher number; always true for 0. */
    default boolean reaches(OrderId order, int seq) {
        return seq == 0 || existsByOrderIdAndSeqGreaterThanEqual(order.value(), seq);
    }

    boolean existsByOrderIdAndSeqGreaterThanEqual(UUID orderId, int seq);
}
