package io.orderly.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.backends.Database;
import io.orderly.backends.FreePort;
import io.orderly.backends.SharedBackends;
import io.orderly.lab.conformance.Verdict.Failed;
import io.orderly.lab.conformance.Verdict.NotDecided;
import io.orderly.lab.conformance.Verdict.Passed;
import io.orderly.lab.trial.Invariant.Query;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invariants that are queries of a real database. */
class InvariantIntegrationTest {

    private static final Database DATABASE = SharedBackends.freshDatabase("foreign");

    @BeforeEach
    void create() throws SQLException {
        execute("drop table if exists orders; drop sequence if exists numbers");
        execute("create table orders (id int, state text); create sequence numbers");
        execute("insert into orders select n, case when n % 2 = 0 then 'DONE' end from generate_series(1, 3000) n");
    }

    @Test
    void aQueryWithoutRowsShowsNoViolation() {
        assertThat(check("select * from orders where id < 0;").verdict()).isEqualTo(new Passed());
    }

    @Test
    void eachRowIsAViolation() {
        InvariantResult result = check("select id, state from orders where id in (1, 2) order by id");
        assertThat(result.verdict()).isEqualTo(new Failed("2 violations"));
        assertThat(result.violations()).containsExactly("id=1, state=null", "id=2, state=DONE");
    }

    @Test
    void theNumberOfRowsIsBounded() {
        assertThat(check("select * from orders").verdict()).isEqualTo(new Failed("1000 violations"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with gone as (delete from orders returning *) select * from gone",
                "select nextval('numbers')",
                "select * into copies from orders",
                "select set_config('transaction_read_only', 'off', false) from orders for update"
            })
    void nothingIsWritten(String sql) throws SQLException {
        assertThat(Query.problemOf(sql))
                .as("only the database sees what it does")
                .isEmpty();
        assertThat(check(sql).verdict())
                .isInstanceOfSatisfying(
                        NotDecided.class,
                        notDecided -> assertThat(notDecided.reason()).contains("read-only transaction"));
        try (Connection connection = connection();
                Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery(
                        "select count(*), to_regclass('copies'), (select is_called from numbers) from orders")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(3000);
            assertThat(rows.getString(2)).isNull();
            assertThat(rows.getBoolean(3)).isFalse();
        }
    }

    @Test
    void aQueryThatFailsDecidesNothing() {
        assertThat(check("select * from nowhere").verdict())
                .isInstanceOfSatisfying(
                        NotDecided.class,
                        notDecided -> assertThat(notDecided.reason()).contains("nowhere"));
        var away = new Query("paid", "jdbc:postgresql://127.0.0.1:%d/x".formatted(FreePort.find()), "select 1");
        assertThat(away.check().verdict()).isInstanceOf(NotDecided.class);
    }

    private static InvariantResult check(String sql) {
        return new Query(
                        "paid",
                        "%s%suser=%s&password=%s"
                                .formatted(
                                        DATABASE.jdbcUrl(),
                                        DATABASE.jdbcUrl().contains("?") ? "&" : "?",
                                        DATABASE.username(),
                                        DATABASE.password()),
                        sql)
                .check();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connection() throws SQLException {
        return DriverManager.getConnection(DATABASE.jdbcUrl(), DATABASE.username(), DATABASE.password());
    }
}
