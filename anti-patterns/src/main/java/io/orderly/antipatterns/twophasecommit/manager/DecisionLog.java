package io.orderly.antipatterns.twophasecommit.manager;

import io.orderly.contracts.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The durable log of decisions. Each method is one statement that is committed on return. A transaction has at most one
 * decision.
 */
public class DecisionLog {

    private static final String COMMIT = """
            insert into transaction_decisions (transaction_id, verdict) values (?, 'COMMIT') on conflict do nothing""";

    // an update without a change, because it returns the existing row
    private static final String ABORT_UNLESS_COMMITTED = """
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

    /** A commit that a participant has not acknowledged. */
    public record UnacknowledgedCommit(OrderId transaction, Instant decidedAt) {}

    /** @return false if the transaction was aborted before; then it has to be rolled back */
    boolean commit(OrderId transaction) {
        return jdbc.sql(COMMIT).param(transaction.value()).update() == 1;
    }

    /** Aborts the transaction unless its commit was decided before, and returns the decision. */
    TransactionDecision abortUnlessCommitted(OrderId transaction) {
        return jdbc.sql(ABORT_UNLESS_COMMITTED)
                .param(transaction.value())
                .query((row, _) -> TransactionDecision.valueOf(row.getString("verdict")))
                .single();
    }

    /** Deletes the commit of a transaction whose participants have all acknowledged. */
    void deleteCommit(OrderId transaction) {
        jdbc.sql("delete from transaction_decisions where transaction_id = ? and verdict = 'COMMIT'")
                .param(transaction.value())
                .update();
    }

    /** Deletes aborts that are older than the given age. */
    void deleteAborts(Duration age) {
        jdbc.sql("""
                        delete from transaction_decisions
                         where verdict = 'ABORT' and decided_at < now() - ? * interval '1 ms'""").param(age.toMillis()).update();
    }

    /** Unacknowledged commits that are older than the given age, oldest first. */
    public List<UnacknowledgedCommit> unacknowledged(Duration age, int limit) {
        return jdbc.sql(UNACKNOWLEDGED)
                .params(age.toMillis(), limit)
                .query((row, _) -> new UnacknowledgedCommit(
                        new OrderId(row.getObject("transaction_id", UUID.class)),
                        row.getObject("decided_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
