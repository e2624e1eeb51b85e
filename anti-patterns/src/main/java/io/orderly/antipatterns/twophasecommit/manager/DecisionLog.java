package io.orderly.antipatterns.twophasecommit.manager;

import io.orderly.contracts.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was decided, durably: each method is one statement, and committed on return. A transaction has one decision. */
public class DecisionLog {

    private static final String COMMIT = """
            insert into transaction_decisions (transaction_id, verdict) values (?, 'COMMIT') on conflict do nothing""";

    // an update that changes nothing, for the sake of what it returns
    private static final String SETTLE = """
            insert into transaction_decisions as known (transaction_id, verdict) values (?, 'ABORT')
            on conflict (transaction_id) do update set verdict = known.verdict
            returning verdict""";

    private static final String UNACKNOWLEDGED = """
            select transaction_id, decided_at from transaction_decisions
             where verdict = 'COMMIT' and decided_at <= now() - ? * interval '1 ms'
             order by decided_at limit ?""";

    private final JdbcClient jdbc;

    DecisionLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A commit that somebody has not acknowledged yet. */
    public record UnacknowledgedCommit(OrderId transaction, Instant decidedAt) {}

    /** @return false if the transaction was given up before; then it must be rolled back */
    boolean commit(OrderId transaction) {
        return jdbc.sql(COMMIT).param(transaction.value()).update() == 1;
    }

    /** Gives the transaction up, unless its commit was decided before. */
    TransactionDecision settle(OrderId transaction) {
        return jdbc.sql(SETTLE)
                .param(transaction.value())
                .query((row, _) -> TransactionDecision.valueOf(row.getString("verdict")))
                .single();
    }

    /** All participants have committed. */
    void forget(OrderId transaction) {
        jdbc.sql("delete from transaction_decisions where transaction_id = ? and verdict = 'COMMIT'")
                .param(transaction.value())
                .update();
    }

    /** Forgets that transactions were given up so long ago. */
    void forgetAborts(Duration age) {
        jdbc.sql("""
                        delete from transaction_decisions
                         where verdict = 'ABORT' and decided_at < now() - ? * interval '1 ms'""").param(age.toMillis()).update();
    }

    /** Commits decided so long ago that somebody has not acknowledged, the oldest first. */
    public List<UnacknowledgedCommit> unacknowledged(Duration age, int limit) {
        return jdbc.sql(UNACKNOWLEDGED)
                .params(age.toMillis(), limit)
                .query((row, _) -> new UnacknowledgedCommit(
                        new OrderId(row.getObject("transaction_id", UUID.class)),
                        row.getObject("decided_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
