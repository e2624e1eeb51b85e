package io.orderly.kit.outbox;

import java.util.List;

/**
 * Learns how far messages have come from a transaction to the broker; declaring a bean of this type is enough. For
 * what a team wants to know or to count about them. Called by the thread that does the work, which waits: a listener is quick
 * and throws nothing.
 */
public interface PublicationListener {

    /** The transaction that these messages belong to has committed, and nothing was done yet to publish them. */
    default void committed(List<OutboxRow> rows) {}

    /** The broker has acknowledged these messages, and they are about to be deleted from the outbox. */
    default void published(List<OutboxRow> rows) {}
}
