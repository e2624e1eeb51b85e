package io.orderly.coordinator.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Compare;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaneTest {

    private static final Bytes KEY = Bytes.utf8("a");
    private static final Bytes LANE_KEY = Bytes.utf8("lane");
    private static final Lane LANE = new Lane(LANE_KEY, 7, 3);
    private static final StoreCommand.Txn PUT =
            new StoreCommand.Txn(List.of(), List.of(StoreCommand.Put.of(KEY, Bytes.utf8("1"))), List.of());
    private static final StoreCommand.Txn CONDITIONAL =
            new StoreCommand.Txn(List.of(Compare.isMissing(KEY)), PUT.then(), List.of(Operation.Range.of(KEY)));

    @Test
    void putsItsKeyIfItsVersionIsTheKnownOne() {
        StoreCommand.Txn guarded = LANE.guard(PUT);
        assertThat(guarded.compares())
                .containsExactly(
                        new Compare(KeyRange.of(LANE_KEY), Compare.Relation.EQUAL, new Compare.Operand.Version(3)));
        assertThat(guarded.then())
                .containsExactly(PUT.then().getFirst(), StoreCommand.Put.of(LANE_KEY, Bytes.utf8("1"), 7));
        assertThat(guarded.otherwise()).containsExactly(Operation.Range.of(LANE_KEY));
    }

    @Test
    void recordsTheBranchThatIsTaken() {
        StoreCommand.Txn nested =
                (StoreCommand.Txn) LANE.guard(CONDITIONAL).then().getFirst();
        assertThat(nested.compares()).isEqualTo(CONDITIONAL.compares());
        assertThat(nested.then().getLast()).isEqualTo(StoreCommand.Put.of(LANE_KEY, Bytes.utf8("1"), 7));
        assertThat(nested.otherwise().getLast()).isEqualTo(StoreCommand.Put.of(LANE_KEY, Bytes.utf8("0"), 7));
    }

    @Test
    void removesItsKeyFromTheResponses() {
        StoreResponse.Put put = new StoreResponse.Put(10, null);
        assertThat(LANE.read(PUT, new StoreResponse.Txn(10, true, List.of(put, put))))
                .isEqualTo(new Lane.Finding.Applied(10, true, Optional.of(List.of(put))));
        StoreResponse.Txn nested = new StoreResponse.Txn(10, false, List.of(put, put));
        assertThat(LANE.read(CONDITIONAL, new StoreResponse.Txn(10, true, List.of(nested))))
                .isEqualTo(new Lane.Finding.Applied(10, false, Optional.of(List.of(put))));
    }

    @Test
    void findsTheRevisionAndBranchOfAnEarlierAttempt() {
        assertThat(LANE.read(CONDITIONAL, found(new KeyValue(LANE_KEY, Bytes.utf8("0"), 2, 9, 4, 7))))
                .isEqualTo(new Lane.Finding.Applied(9, false, Optional.empty()));
        assertThat(LANE.read(CONDITIONAL, found(new KeyValue(LANE_KEY, Bytes.utf8("1"), 2, 9, 4, 7))))
                .isEqualTo(new Lane.Finding.Applied(9, true, Optional.empty()));
    }

    @Test
    void reportsNoOutcomeAfterItsSessionHasEnded() {
        StoreResponse.Range nothing = new StoreResponse.Range(20, List.of(), false, 0);
        assertThat(LANE.read(PUT, new StoreResponse.Txn(20, false, List.of(nothing))))
                .isEqualTo(new Lane.Finding.SessionEnded());
    }

    private static StoreResponse.Txn found(KeyValue laneKey) {
        return new StoreResponse.Txn(20, false, List.of(new StoreResponse.Range(20, List.of(laneKey), false, 1)));
    }
}
