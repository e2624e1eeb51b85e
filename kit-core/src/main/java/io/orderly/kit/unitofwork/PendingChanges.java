package io.orderly.kit.unitofwork;

/** Changes of the current transaction that are only in memory, such as those of entities. */
@FunctionalInterface
public interface PendingChanges {

    /** For services that keep no changes in memory. */
    PendingChanges NONE = () -> {};

    /**
     * Sends the changes to the database.
     *
     * @throws org.springframework.dao.DataAccessException if the database rejects a change
     */
    void flush();
}
