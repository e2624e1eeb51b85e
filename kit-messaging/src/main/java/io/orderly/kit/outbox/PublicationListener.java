package io.orderly.kit.outbox;

import java.util.List;

/**
 * Is notified before and after messages are committed, and when they are published, for example for metrics. Every bean of this type is called, in the
 * committing or publishing thread; it must be fast and must not throw.
 */
public interface PublicationListener {

    /** The transaction of these messages is about to be written and committed; it may still fail. */
    default void committing(List<OutboxRow> rows) {}

    /** The transaction of these messages has committed; they are not published yet. */
    default void committed(List<OutboxRow> rows) {}

    /** The broker has acknowledged these messages; they are not deleted from the outbox yet. */
    default void published(List<OutboxRow> rows) {}
}
