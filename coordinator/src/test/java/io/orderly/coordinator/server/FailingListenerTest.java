package io.orderly.coordinator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.coordinator.clock.TimestampRange;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.coordinator.watch.WatchResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A listener that throws stops neither the service that calls it nor the replies to other clients. */
class FailingListenerTest {

    private static final String FAILURE = "the listener fails";

    private final SharedLog log = new SharedLog(1, ServerSettings.DEFAULTS);
    private final CoordinatorServer server = log.server(0);

    private static <R> Consumer<R> failing() {
        return _ -> {
            throw new IllegalStateException(FAILURE);
        };
    }

    private void settleWithFailure() {
        assertThatThrownBy(log::settle).hasMessage(FAILURE);
        log.settle();
    }

    @Test
    void timestampsAreGrantedAfterAFailure() {
        List<Reply<TimestampRange>> replies = new ArrayList<>();
        log.setClock(0, 1_700_000_000_000L);
        server.timestamps(1, replies::add);
        server.timestamps(1, failing());
        server.timestamps(1, replies::add);
        settleWithFailure();
        assertThat(replies).as("requests of the same batch").hasSize(2);
        server.timestamps(1, replies::add);
        log.settle();
        assertThat(replies).hasSize(3).allSatisfy(reply -> assertThat(reply).isInstanceOf(Reply.Completed.class));
    }

    @Test
    void leasesAreRenewedAfterAFailure() {
        List<Reply<OptionalLong>> replies = new ArrayList<>();
        server.execute(new StoreCommand.LeaseGrant(7, 60_000), _ -> {});
        log.settle();
        server.keepAlive(7, replies::add);
        server.keepAlive(7, failing());
        server.keepAlive(7, replies::add);
        settleWithFailure();
        assertThat(replies).as("requests of the same batch").hasSize(2);
        server.keepAlive(7, replies::add);
        log.settle();
        assertThat(replies).hasSize(3).containsOnly(new Reply.Completed<>(OptionalLong.of(60_000)));
    }

    @Test
    void otherWatchesGetTheirEvents() {
        List<WatchResponse> received = new ArrayList<>();
        server.watch(WatchRequest.of(KeyRange.ALL, 0), 10, failing());
        server.watch(WatchRequest.of(KeyRange.ALL, 0), 10, received::add);
        server.execute(StoreCommand.Put.of(Bytes.utf8("key"), Bytes.EMPTY), _ -> {});
        settleWithFailure();
        assertThat(received).hasSize(1);
    }
}
