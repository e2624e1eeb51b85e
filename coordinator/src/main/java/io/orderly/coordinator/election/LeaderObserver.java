package io.orderly.coordinator.election;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.watch.WatchResponse;
import io.orderly.coordinator.watch.WatchRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows who leads: a state machine that reads the line once and then watches it. It tells each leader in order, and each thing it
 * proclaims. If the watch breaks off, it is resumed where it was; if that is compacted, the line is read again, and leaders in between
 * are not told.
 */
public final class LeaderObserver {

    private static final Comparator<KeyValue> HEAD_FIRST =
            Comparator.comparingLong(KeyValue::createRevision).thenComparing(KeyValue::key);

    private final KeyRange keys;
    private final Map<Bytes, KeyValue> line = new HashMap<>();
    private long requests;
    private boolean reading;
    private long watches;
    private long nextRevision;
    private @Nullable Optional<ElectedLeader> told;
    private List<ObserverEffect> effects = new ArrayList<>();

    LeaderObserver(Bytes prefix) {
        keys = KeyRange.startingWith(prefix);
    }

    /** To be called once, before any step. */
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
                line.clear();
                range.keyValues().forEach(one -> line.put(one.key(), one));
                nextRevision = range.revision() + 1;
                tell();
                watch();
            }
            case StoreResponse.Refused refused -> effects.add(new ObserverEffect.Failed(refused.refusal()));
            default -> throw new IllegalStateException("a read was answered with " + answer);
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
            case KeyEvent.Put put -> line.put(put.key(), put.current());
            case KeyEvent.Deleted deleted -> line.remove(deleted.key());
        }
    }

    private void tell() {
        Optional<ElectedLeader> leader = line.values().stream()
                .min(HEAD_FIRST)
                .map(head -> new ElectedLeader(head.key(), head.createRevision(), head.value()));
        if (!leader.equals(told)) {
            told = leader;
            effects.add(leader.<ObserverEffect>map(ObserverEffect.Leads::new)
                    .orElseGet(ObserverEffect.Vacant::new));
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
