package io.orderly.backends;

/** A running PostgreSQL server. */
public interface PostgreSqlServer {

    /**
     * Makes sure that a database exists, owned by a role with the same name and password.
     *
     * @param name lower-case letters, digits and underscores, beginning with a letter
     */
    Database createDatabase(String name);
}
