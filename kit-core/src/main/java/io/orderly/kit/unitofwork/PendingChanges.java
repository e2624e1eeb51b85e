package io.orderly.kit.unitofwork;

/** Changes that the current transaction has made in memory and not yet sent to the database, such as those of entities. */
@FunctionalInterface
public interface PendingChanges {

    /** A transaction that keeps no changes in memory. */
    PendingChanges NONE = () -> {};

    /**
     * Sends them.
     *
     * @throws org.springframework.dao.DataAccessException if the database refuses one of them
     */
    void flush();
}
