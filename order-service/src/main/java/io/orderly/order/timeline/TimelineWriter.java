package io.orderly.order.timeline;

import java.util.List;

/** Appends entries to timelines. */
public interface TimelineWriter {

    /** Appends the entries in the current transaction. Open streams of these timelines are notified after the commit. */
    void append(List<TimelineEntry> entries);
}
