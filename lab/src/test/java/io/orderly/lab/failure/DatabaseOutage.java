package io.orderly.lab.failure;

import io.orderly.backends.Database;
import io.orderly.lab.system.IsolatedSystem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Makes one database of the server unavailable until it is closed: existing connections are terminated, and new
 * connections are refused. Other databases on the server are not affected.
 */
final class DatabaseOutage implements AutoCloseable {

    private final JdbcClient server;
    private final String database;

    private DatabaseOutage(JdbcClient server, String database) {
        this.server = server;
        this.database = database;
    }

    static DatabaseOutage of(IsolatedSystem system, String database) {
        Database administration = system.administration();
        JdbcClient server = JdbcClient.create(new DriverManagerDataSource(
                administration.jdbcUrl(), administration.username(), administration.password()));
        server.sql("alter database " + database + " allow_connections false").update();
        server.sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = ?")
                .param(database)
                .query(Boolean.class)
                .list();
        return new DatabaseOutage(server, database);
    }

    @Override
    public void close() {
        server.sql("alter database " + database + " allow_connections true").update();
    }
}
