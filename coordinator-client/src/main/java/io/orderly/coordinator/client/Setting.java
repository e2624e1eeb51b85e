package io.orderly.coordinator.client;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.watch.WatchRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A typed value that is kept under a key, watched and cached. {@link #get} needs no request: while no member responds, the last value is
 * kept. A value that is not valid is refused and reported, and the last valid one stays. Thread-safe.
 *
 * @param <T> the type of its values, with {@code equals}
 */
public final class Setting<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Setting.class);

    private final Bytes key;
    private final SettingType<T> type;
    private final T defaultValue;
    private final SettingListener<T> listener;
    private final ClientObserver observer;
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final Watch watch;
    private volatile SettingState<T> state;

    Setting(
            Bytes key,
            SettingType<T> type,
            T defaultValue,
            SettingListener<T> listener,
            Contender.Watching watching,
            ClientObserver observer) {
        this.key = key;
        this.type = type;
        this.defaultValue = defaultValue;
        this.listener = listener;
        this.observer = observer;
        state = SettingState.initial(defaultValue);
        watch = watching.watch(WatchRequest.of(KeyRange.of(key), 0), new Changes());
    }

    /** The last valid value that is known; the default if none is stored, or nothing is known yet. */
    public T get() {
        return state.value();
    }

    /** The revision that wrote {@link #get}; 0 for the default. */
    public long revision() {
        return state.revision();
    }

    /** Waits until the stored value is known. Returns whether it is. */
    public boolean awaitLoaded(Duration timeout) throws InterruptedException {
        return loaded.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Keeps the present value. */
    @Override
    public void close() {
        watch.close();
    }

    private void stored(@Nullable Bytes text, long revision) {
        long considered = state.newestRevision();
        SettingState.Step<T> step = state.stored(text, revision, type, defaultValue);
        state = step.state();
        switch (step) {
            case SettingState.Step.Changed<T>(SettingState<T> now, T previous) ->
                listener.onChanged(previous, now.value(), revision);
            case SettingState.Step.Refused<T>(SettingState<T> _, String reason) -> {
                LOG.error(
                        "setting {} keeps its value, because that of revision {} is not valid: {}",
                        key,
                        revision,
                        reason);
                observer.settingRefused(key.toString());
                listener.onRefused(reason, revision);
            }
            case SettingState.Step.Unchanged<T>(SettingState<T> now) -> {
                if (now.newestRevision() > considered) {
                    listener.onConfirmed(revision);
                }
            }
        }
    }

    private final class Changes implements WatchListener {

        @Override
        public void onEvents(long revision, List<KeyEvent> events) {
            switch (events.getLast()) {
                case KeyEvent.Put put -> stored(put.current().value(), revision);
                case KeyEvent.Deleted _ -> stored(null, revision);
            }
        }

        @Override
        public void onKeys(long revision, List<KeyValue> keyValues) {
            if (keyValues.isEmpty()) {
                stored(null, revision);
            } else {
                stored(keyValues.getFirst().value(), keyValues.getFirst().modRevision());
            }
            loaded.countDown();
        }
    }
}
