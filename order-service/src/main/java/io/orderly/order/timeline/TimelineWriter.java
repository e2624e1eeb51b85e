package io.orderly.order.timeline;

import java.util.List;

/** Adds to timelines. */
public interface TimelineWriter {

    /** Adds what the current transaction has decided; streams that follow one of these timelines are told after the commit. */
    void append(List<TimelineEntry> entries);
}
