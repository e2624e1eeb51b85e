package io.orderly.coordinator.election;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreAnswer;
import io.orderly.coordinator.watch.Delivery;
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
public final class Observation {

    private static final Comparator<KeyValue> HEAD_FIRST =
            Comparator.comparingLong(KeyValue::createRevision).thenComparing(KeyValue::key);

    private final KeyRange keys;
    private final Map<Bytes, KeyValue> line = new HashMap<>();
    private long requests;
    private boolean reading;
    private long watches;
    private long nextRevision;
    private @Nullable Optional<Leader> told;
    private List<ObservationEffect> effects = new ArrayList<>();

    Observation(Bytes prefix) {
        keys = KeyRange.startingWith(prefix);
    }

    /** To be called once, before any step. */
    public List<ObservationEffect> begin() {
        read();
        return result();
    }

    public List<ObservationEffect> step(ObservationInput input) {
        switch (input) {
            case ObservationInput.Answered(long request, StoreAnswer answer) -> {
                if (reading && request == requests) {
                    reading = false;
                    answered(answer);
                }
            }
            case ObservationInput.Unanswered(long request) -> {
                if (reading && request == requests) {
                    read();
                }
            }
            case ObservationInput.Watched(long watch, Delivery delivery) -> {
                if (!reading && watch == watches) {
                    watched(delivery);
                }
            }
            case ObservationInput.WatchBroken(long watch) -> {
                if (!reading && watch == watches) {
                    watch();
                }
            }
        }
        return result();
    }

    private void answered(StoreAnswer answer) {
        switch (answer) {
            case StoreAnswer.Range range -> {
                line.clear();
                range.keyValues().forEach(one -> line.put(one.key(), one));
                nextRevision = range.revision() + 1;
                tell();
                watch();
            }
            case StoreAnswer.Refused refused -> effects.add(new ObservationEffect.Failed(refused.refusal()));
            default -> throw new IllegalStateException("a read was answered with " + answer);
        }
    }

    private void watched(Delivery delivery) {
        switch (delivery) {
            case Delivery.Events(long revision, List<KeyEvent> events, boolean _) -> {
                events.forEach(this::change);
                nextRevision = revision + 1;
                tell();
            }
            case Delivery.Progress(long revision) -> nextRevision = revision + 1;
            case Delivery.Compacted _ -> read();
        }
    }

    private void change(KeyEvent event) {
        switch (event) {
            case KeyEvent.Put put -> line.put(put.key(), put.current());
            case KeyEvent.Deleted deleted -> line.remove(deleted.key());
        }
    }

    private void tell() {
        Optional<Leader> leader = line.values().stream()
                .min(HEAD_FIRST)
                .map(head -> new Leader(head.key(), head.createRevision(), head.value()));
        if (!leader.equals(told)) {
            told = leader;
            effects.add(leader.<ObservationEffect>map(ObservationEffect.Leads::new)
                    .orElseGet(ObservationEffect.Vacant::new));
        }
    }

    private void read() {
        reading = true;
        effects.add(new ObservationEffect.Read(++requests, Operation.Range.of(keys)));
    }

    private void watch() {
        effects.add(new ObservationEffect.OpenWatch(++watches, WatchRequest.of(keys, nextRevision)));
    }

    private List<ObservationEffect> result() {
        List<ObservationEffect> result = effects;
        effects = new ArrayList<>();
        return result;
    }
}
