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

/** The timelines of all sagas. */
public interface Timelines extends Repository<TimelineEntry, TimelineEntry.Key>, TimelineWriter {

    /** What happened to the order's saga after the entry of this number; 0 for all from the beginning. */
    default List<TimelineEntry> after(OrderId order, int seq, int limit) {
        return findByOrderIdAndSeqGreaterThanOrderBySeq(order.value(), seq, Limit.of(limit));
    }

    List<TimelineEntry> findByOrderIdAndSeqGreaterThanOrderBySeq(UUID orderId, int seq, Limit limit);

    /**
     * The last entry of the kind in each of these timelines that has one.
     *
     * @param sizes how many entries of each timeline to look at, so that a saga that goes on meanwhile changes nothing
     */
    default Map<OrderId, TimelineEntry> last(Kind kind, Map<OrderId, Integer> sizes) {
        return last(
                        kind.name(),
                        sizes.keySet().stream().map(OrderId::value).toArray(UUID[]::new),
                        sizes.values().toArray(Integer[]::new))
                .stream()
                .collect(Collectors.toMap(TimelineEntry::orderId, Function.identity()));
    }

    // one look into the index for each timeline, for which JPQL has no words
    @NativeQuery("""
            select entry.* from unnest(cast(:orders as uuid[]), cast(:sizes as int[])) as saga (order_id, size)
             cross join lateral (
                   select * from saga_timeline as latest
                    where latest.order_id = saga.order_id and latest.seq <= saga.size and latest.kind = :kind
                    order by latest.seq desc limit 1) as entry""")
    List<TimelineEntry> last(String kind, UUID[] orders, Integer[] sizes);

    /** Whether the timeline has as many entries as this; always for 0. */
    default boolean reaches(OrderId order, int seq) {
        return seq == 0 || existsByOrderIdAndSeqGreaterThanEqual(order.value(), seq);
    }

    boolean existsByOrderIdAndSeqGreaterThanEqual(UUID orderId, int seq);
}
