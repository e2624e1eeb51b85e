package io.orderly.backends;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/** The address of a PostgreSQL server, and the administrative work of its superuser. */
record PostgreSqlAddress(String host, int port) {

    /** The superuser's name and password, and the database that every server has. */
    static final String SUPERUSER = "postgres";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    Connection connect() throws SQLException {
        Database database = administration();
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }

    Database administration() {
        return new Database(jdbcUrl(SUPERUSER), SUPERUSER, SUPERUSER);
    }

    /** @see PostgreSqlServer#createDatabase(String) */
    Database createDatabase(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a plain database name: " + name);
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            if (!holds(statement, "SELECT FROM pg_roles WHERE rolname = '%s'".formatted(name))) {
                statement.execute("CREATE ROLE %1$s LOGIN PASSWORD '%1$s'".formatted(name));
            }
            if (!holds(statement, "SELECT FROM pg_database WHERE datname = '%s'".formatted(name))) {
                statement.execute("CREATE DATABASE %1$s OWNER %1$s".formatted(name));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the database " + name, e);
        }
        return database(name);
    }

    /** A database as {@link #createDatabase} makes it, whether or not it is there. */
    Database database(String name) {
        return new Database(jdbcUrl(name), name, name);
    }

    private String jdbcUrl(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, database);
    }

    private static boolean holds(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }
}
