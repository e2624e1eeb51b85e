package io.orderly.coordinator.election;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.coordinator.watch.WatchResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Observes an election: a state machine that reads the queue once and then watches it. It reports each leader and each proclaimed
 * value in order. If the watch is interrupted, it is resumed from the same revision; if that is compacted, the queue is read again,
 * and leaders in between are not reported.
 */
public final class LeaderObserver {

    private static final Comparator<KeyValue> HEAD_FIRST =
            Comparator.comparingLong(KeyValue::createRevision).thenComparing(KeyValue::key);

    private final KeyRange keys;
    private final Map<Bytes, KeyValue> queue = new HashMap<>();
    private long requests;
    private boolean reading;
    private long watches;
    private long nextRevision;
    private @Nullable Optional<ElectedLeader> told;
    private List<ObserverEffect> effects = new ArrayList<>();

    LeaderObserver(Bytes prefix) {
        keys = KeyRange.startingWith(prefix);
    }

    /** Must be called once, before any step. */
    public List<ObserverEffect> begin() {
        read();
        return result();
    }

    public List<ObserverEffect> step(ObserverInput input) {
        switch (input) {
            case ObserverInput.Answered(long request, StoreResponse answer) -> {
                if (reading && request == requests) {
                    reading = false;
                    answered(answer);
                }
            }
            case ObserverInput.Unanswered(long request) -> {
                if (reading && request == requests) {
                    read();
                }
            }
            case ObserverInput.Watched(long watch, WatchResponse delivery) -> {
                if (!reading && watch == watches) {
                    watched(delivery);
                }
            }
            case ObserverInput.WatchBroken(long watch) -> {
                if (!reading && watch == watches) {
                    watch();
                }
            }
        }
        return result();
    }

    private void answered(StoreResponse answer) {
        switch (answer) {
            case StoreResponse.Range range -> {
                queue.clear();
                range.keyValues().forEach(one -> queue.put(one.key(), one));
                nextRevision = range.revision() + 1;
                tell();
                watch();
            }
            case StoreResponse.Refused refused -> effects.add(new ObserverEffect.Failed(refused.refusal()));
            default -> throw new IllegalStateException("the response to a read is " + answer);
        }
    }

    private void watched(WatchResponse delivery) {
        switch (delivery) {
            case WatchResponse.Events(long revision, List<KeyEvent> events, boolean _) -> {
                events.forEach(this::change);
                nextRevision = revision + 1;
                tell();
            }
            case WatchResponse.Progress(long revision) -> nextRevision = revision + 1;
            case WatchResponse.Compacted _ -> read();
        }
    }

    private void change(KeyEvent event) {
        switch (event) {
            case KeyEvent.Put put -> queue.put(put.key(), put.current());
            case KeyEvent.Deleted deleted -> queue.remove(deleted.key());
        }
    }

    private void tell() {
        Optional<ElectedLeader> leader = queue.values().stream().min(HEAD_FIRST).map(ElectedLeader::new);
        if (!leader.equals(told)) {
            told = leader;
            effects.add(leader.<ObserverEffect>map(ObserverEffect.Leads::new).orElseGet(ObserverEffect.Vacant::new));
        }
    }

    private void read() {
        reading = true;
        effects.add(new ObserverEffect.Read(++requests, Operation.Range.of(keys)));
    }

    private void watch() {
        effects.add(new ObserverEffect.OpenWatch(++watches, WatchRequest.of(keys, nextRevision)));
    }

    private List<ObserverEffect> result() {
        List<ObserverEffect> result = effects;
        effects = new ArrayList<>();
        return result;
    }
}
