package io.orderly.kit.outbox;

import java.util.List;

/**
 * Is told how far messages have come on their way from a transaction to the broker; a bean of this type is all it takes. For
 * what a team wants to know or to count about them. Called by the thread that does the work, which waits: a listener is quick
 * and throws nothing.
 */
public interface PublicationListener {

    /** The transaction that these messages belong to has committed, and nothing was done yet to publish them. */
    default void committed(List<OutboxRow> rows) {}

    /** The broker has acknowledged these messages, and they are about to be deleted from the outbox. */
    default void published(List<OutboxRow> rows) {}
}
