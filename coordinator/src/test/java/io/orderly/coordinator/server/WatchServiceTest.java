package io.orderly.coordinator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.Store;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreListener;
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.coordinator.watch.WatchResponse;
import io.orderly.coordinator.watch.WatchSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchServiceTest {

    private static final int PUTS = 3;

    private final Store store = new Store(new StoreListener() {});
    private final List<WatchResponse> received = new ArrayList<>();

    @BeforeEach
    void put() {
        for (int i = 0; i < PUTS; i++) {
            store.apply(StoreCommand.Put.of(Bytes.utf8("key"), Bytes.EMPTY));
        }
    }

    private WatchService service() {
        return new WatchService(store::now, WatchSettings.DEFAULTS);
    }

    @Test
    void aStreamIsRemovedWhenItsWatchIsCompacted() {
        long newest = store.now().revision();
        store.apply(new StoreCommand.Compact(newest));
        WatchService service = service();
        for (int i = 0; i < 3; i++) {
            assertThat(service.open(WatchRequest.of(KeyRange.ALL, 1), 10, received::add))
                    .isPresent();
        }
        assertThat(received).hasSize(3).containsOnly(new WatchResponse.Compacted(newest));
        assertThat(service.size()).isZero();
    }

    @Test
    void aListenerThatThrowsReceivesTheFollowingResponses() {
        assertThatThrownBy(() -> service().open(WatchRequest.of(KeyRange.ALL, 2), 10, response -> {
                    received.add(response);
                    throw new IllegalStateException("the listener fails");
                }))
                .hasMessage("the listener fails");
        assertThat(received).hasSize(PUTS);
    }

    @Test
    void aListenerThatClosesTheStreamReceivesNothingMore() {
        WatchService service = service();
        var stream = new AtomicReference<WatchStream>();
        stream.set(service.open(WatchRequest.of(KeyRange.ALL, 2), 0, response -> {
                    received.add(response);
                    stream.get().close();
                })
                .orElseThrow());
        assertThat(service.size()).isEqualTo(1);
        stream.get().addRoom(PUTS);
        assertThat(received).hasSize(1);
        assertThat(service.size()).isZero();
    }
}
