package io.orderly.order.timeline;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;

/** New entries are persisted without a look for older ones of the same number: there the key of the table objects. */
class TimelineWriterImpl implements TimelineWriter {

    private final EntityManager entities;
    private final ApplicationEventPublisher events;

    TimelineWriterImpl(EntityManager entities, ApplicationEventPublisher events) {
        this.entities = entities;
        this.events = events;
    }

    @Override
    public void append(List<TimelineEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        entries.forEach(entities::persist);
        events.publishEvent(new TimelinesGrew(
                entries.stream().map(TimelineEntry::orderId).collect(Collectors.toUnmodifiableSet())));
    }
}
