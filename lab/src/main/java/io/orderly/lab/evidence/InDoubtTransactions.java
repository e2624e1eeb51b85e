package io.orderly.lab.evidence;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The prepared transactions of all databases of a server that are neither committed nor rolled back.
 *
 * @param oldestSeconds the age of the oldest transaction; 0 without any
 * @param locks the number of locks that they hold
 */
public record InDoubtTransactions(int transactions, double oldestSeconds, long locks) {

    // locks of prepared transactions have no pid
    private static final String QUERY = """
            select (select count(*) from pg_prepared_xacts) as transactions,
                   (select coalesce(extract(epoch from clock_timestamp() - min(prepared)), 0) from pg_prepared_xacts) as oldest,
                   (select count(*) from pg_locks where pid is null) as locks""";

    static InDoubtTransactions read(JdbcClient jdbc) {
        return jdbc.sql(QUERY)
                .query((row, _) -> new InDoubtTransactions(
                        row.getInt("transactions"), row.getDouble("oldest"), row.getLong("locks")))
                .single();
    }
}
