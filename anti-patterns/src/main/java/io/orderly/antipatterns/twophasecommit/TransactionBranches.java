package io.orderly.antipatterns.twophasecommit;

import io.orderly.antipatterns.twophasecommit.InDoubtBranch.HeldLock;
import io.orderly.antipatterns.twophasecommit.InDoubtBranch.Kind;
import io.orderly.contracts.OrderId;
import io.orderly.kit.unitofwork.UnitOfWork;
import io.orderly.kit.web.ProblemException;
import io.orderly.kit.web.ProblemType;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * This service's transaction branches in its own database. Safe for use by many threads, and by several instances on
 * one database.
 *
 * <p>While a branch is being prepared, its transaction holds an advisory lock derived from the order id, which
 * PostgreSQL keeps with the prepared transaction. A rollback writes its tombstone under the same lock, so it can
 * distinguish "not prepared" from "not prepared yet".
 */
public final class TransactionBranches implements Participant {

    /** 404: the branch is not prepared, and there is no record of its commit. */
    public static final ProblemType UNKNOWN_BRANCH =
            new ProblemType("unknown-branch", HttpStatus.NOT_FOUND, "There is no such branch");

    // PostgreSQL, Appendix A
    private static final String UNDEFINED_OBJECT = "42704";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String DEADLOCK_DETECTED = "40P01";

    /** Separates these advisory locks from others: "2pc" in ASCII, in the upper bytes. */
    private static final long LOCK_SPACE = 0x3270630000000000L;

    private static final String CLAIM = "select set_config('lock_timeout', ?, true), pg_try_advisory_xact_lock(?)";
    // a separate statement, because the snapshot of the previous one was taken before it had the lock
    private static final String IS_ROLLED_BACK =
            "select exists(select from rolled_back_branches where transaction_id = ?)";
    private static final String IS_COMMITTED = "select exists(select from committed_branches where transaction_id = ?)";
    private static final String RECORD = "insert into committed_branches (transaction_id) values (?)";
    private static final String AWAIT = "select set_config('lock_timeout', ?, true), pg_advisory_xact_lock(?)";
    private static final String ADD_TOMBSTONE =
            "insert into rolled_back_branches (transaction_id) values (?) on conflict do nothing";

    // the locks of a prepared transaction have no pid; they are found by its lock on its own transaction id
    private static final String IN_DOUBT = """
            select right(x.gid, 36) as transaction, x.prepared,
                   extract(epoch from clock_timestamp() - x.prepared) * 1000 as age_millis,
                   (select json_agg(distinct jsonb_build_object('on', coalesce(c.relname, l.locktype), 'mode', l.mode))
                      from pg_locks l left join pg_class c on c.oid = l.relation
                     where l.pid is null and l.virtualtransaction = owner.virtualtransaction) as locks,
                   (select count(*) from pg_locks l
                     where l.locktype = 'transactionid' and l.transactionid = x.transaction and not l.granted) as waiting
              from pg_prepared_xacts x
              left join pg_locks owner
                on owner.pid is null and owner.locktype = 'transactionid' and owner.transactionid = x.transaction
             where x.database = current_database() and x.gid like ? order by x.prepared""";

    /** How long a rollback waits for a prepare in progress before it checks again. */
    private static final Duration ROLLBACK_POLL_INTERVAL = Duration.ofMillis(50);

    private static final TypeReference<List<HeldLock>> LOCKS = new TypeReference<>() {};

    private final JdbcTemplate jdbc;
    private final UnitOfWork unitOfWork;
    private final TransactionTemplate transactions;
    private final TwoPhaseCommitProperties properties;
    private final String gidPrefix;
    private final Semaphore permits;
    private final JsonMapper json = new JsonMapper();

    TransactionBranches(
            JdbcTemplate jdbc,
            UnitOfWork unitOfWork,
            PlatformTransactionManager transactionManager,
            TwoPhaseCommitProperties properties,
            String serviceName) {
        this.jdbc = jdbc;
        this.unitOfWork = unitOfWork;
        this.transactions = new TransactionTemplate(transactionManager);
        this.properties = properties;
        this.gidPrefix = "orderly:" + serviceName + ":";
        this.permits = new Semaphore(properties.maxPreparing(), true);
    }

    /**
     * Executes this service's part in a new transaction, and prepares it if the work votes for it; otherwise rolls it
     * back.
     *
     * @param work does the changes; must throw on failure, because a swallowed failure would be prepared
     */
    public Vote prepare(OrderId transaction, Supplier<Vote> work) {
        if (!acquirePermit()) {
            return new Vote.Contended("too many other branches are being prepared");
        }
        try {
            return transactions.execute(status -> {
                Vote vote = claim(transaction).orElseGet(work);
                if (vote instanceof Vote.Prepared) {
                    unitOfWork.write(RECORD, transaction.value());
                    prepareInPlaceOfTheCommit(transaction);
                } else {
                    status.setRollbackOnly();
                }
                return vote;
            });
        } catch (DataAccessException e) {
            if (isContention(e)) {
                return new Vote.Contended("a required row was locked by others for too long");
            }
            throw e;
        } finally {
            permits.release();
        }
    }

    /** The following commit finds no open transaction, and the driver does nothing. */
    private void prepareInPlaceOfTheCommit(OrderId transaction) {
        // same order as the unit of work and registered after it, so that everything is written before
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                jdbc.execute("prepare transaction '" + gid(transaction) + "'");
            }

            @Override
            public int getOrder() {
                return LOWEST_PRECEDENCE;
            }
        });
    }

    private boolean acquirePermit() {
        try {
            return permits.tryAcquire(properties.lockTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** @return the vote if the branch must not be prepared; empty if it may be */
    private Optional<Vote> claim(OrderId transaction) {
        Boolean claimed = jdbc.queryForObject(
                CLAIM, (row, _) -> row.getBoolean(2), millis(properties.lockTimeout()), lockOf(transaction));
        if (!Boolean.TRUE.equals(claimed)) {
            return Optional.of(new Vote.Contended("the branch is already being prepared or rolled back"));
        }
        if (exists(IS_ROLLED_BACK, transaction)) {
            return Optional.of(new Vote.Contended("the branch was already rolled back"));
        }
        return exists(IS_COMMITTED, transaction)
                ? Optional.of(new Vote.Contended("the branch was already committed"))
                : Optional.empty();
    }

    private boolean exists(String sql, OrderId transaction) {
        return Boolean.TRUE.equals(jdbc.queryForObject(sql, Boolean.class, transaction.value()));
    }

    /**
     * @throws ProblemException {@link #UNKNOWN_BRANCH} if the branch was not prepared, was rolled back, or was
     *     committed longer ago than the retention
     */
    @Override
    public void commit(OrderId transaction) {
        if (!resolve("commit", transaction) && !exists(IS_COMMITTED, transaction)) {
            throw new ProblemException(
                    UNKNOWN_BRANCH,
                    "The branch of " + transaction + " is not prepared, and there is no record of its commit.");
        }
    }

    /** @throws ProblemException if the branch is still being prepared at the timeout */
    @Override
    public void rollback(OrderId transaction) {
        long deadlineNanos = System.nanoTime() + 2 * properties.lockTimeout().toNanos();
        do {
            var _ = resolve("rollback", transaction);
            if (addTombstone(transaction)) {
                return;
            }
        } while (System.nanoTime() < deadlineNanos);
        throw new ProblemException(
                ProblemType.UNAVAILABLE, "The branch is still being prepared. Try again in a moment.");
    }

    /** @return false if the branch is being prepared or is prepared by now */
    private boolean addTombstone(OrderId transaction) {
        try {
            transactions.executeWithoutResult(_ -> {
                jdbc.query(AWAIT, _ -> {}, millis(ROLLBACK_POLL_INTERVAL), lockOf(transaction));
                jdbc.update(ADD_TOMBSTONE, transaction.value());
            });
            return true;
        } catch (DataAccessException e) {
            if (isContention(e)) {
                return false;
            }
            throw e;
        }
    }

    /** @return false if the branch is not prepared */
    private boolean resolve(String decision, OrderId transaction) {
        try {
            jdbc.execute(decision + " prepared '" + gid(transaction) + "'");
            return true;
        } catch (DataAccessException e) {
            if (!UNDEFINED_OBJECT.equals(stateOf(e))) {
                throw e;
            }
            return false;
        }
    }

    private static boolean isContention(DataAccessException failure) {
        String state = stateOf(failure);
        return LOCK_NOT_AVAILABLE.equals(state) || DEADLOCK_DETECTED.equals(state);
    }

    private static @Nullable String stateOf(DataAccessException failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException cause
                ? cause.getSQLState()
                : null;
    }

    @Override
    public List<InDoubtBranch> inDoubt() {
        return jdbc.query(
                IN_DOUBT,
                (row, _) -> new InDoubtBranch(
                        OrderId.of(row.getString("transaction")),
                        Kind.PREPARED,
                        row.getObject("prepared", OffsetDateTime.class).toInstant(),
                        row.getLong("age_millis"),
                        locks(row.getString("locks")),
                        row.getLong("waiting")),
                gidPrefix + "%");
    }

    private List<HeldLock> locks(@Nullable String array) {
        return array == null ? List.of() : json.readValue(array, LOCKS);
    }

    private String gid(OrderId transaction) {
        return gidPrefix + transaction;
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + "ms";
    }

    private static long lockOf(OrderId transaction) {
        return transaction.value().getLeastSignificantBits() ^ LOCK_SPACE;
    }
}
