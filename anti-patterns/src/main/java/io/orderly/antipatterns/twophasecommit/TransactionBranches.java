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
 * This service's branches in its own database. Safe for use by many threads, and by several instances on one database.
 *
 * <p>Whoever prepares a branch holds an advisory lock of its name, and PostgreSQL keeps that lock with the prepared
 * transaction. So a rollback can tell "not prepared" from "not prepared yet": it writes its tombstone under the same lock.
 */
public final class TransactionBranches implements Participant {

    /** 404: there is nothing to commit, and no record that it was committed. */
    public static final ProblemType UNKNOWN_BRANCH =
            new ProblemType("unknown-branch", HttpStatus.NOT_FOUND, "There is no such branch");

    // PostgreSQL, Appendix A
    private static final String UNDEFINED_OBJECT = "42704";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String DEADLOCK_DETECTED = "40P01";

    /** Sets the names of transactions apart from what else is locked by number: "2pc" in ASCII, to the left. */
    private static final long LOCK_SPACE = 0x3270630000000000L;

    private static final String CLAIM = "select set_config('lock_timeout', ?, true), pg_try_advisory_xact_lock(?)";
    // a statement of its own: what the one above sees was settled before it had the lock
    private static final String IS_ROLLED_BACK =
            "select exists(select from rolled_back_branches where transaction_id = ?)";
    private static final String IS_COMMITTED = "select exists(select from committed_branches where transaction_id = ?)";
    private static final String RECORD = "insert into committed_branches (transaction_id) values (?)";
    private static final String AWAIT = "select set_config('lock_timeout', ?, true), pg_advisory_xact_lock(?)";
    private static final String BURY =
            "insert into rolled_back_branches (transaction_id) values (?) on conflict do nothing";

    // the locks of a prepared transaction belong to no process, and the lock on its own id tells which they are
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

    /** How long a rollback waits for a prepare that is under way before it looks whether that is through. */
    private static final Duration LOOK = Duration.ofMillis(50);

    private static final TypeReference<List<HeldLock>> LOCKS = new TypeReference<>() {};

    private final JdbcTemplate jdbc;
    private final UnitOfWork unitOfWork;
    private final TransactionTemplate transactions;
    private final TwoPhaseCommitProperties properties;
    private final String gidPrefix;
    private final Semaphore preparing;
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
        this.preparing = new Semaphore(properties.maxPreparing(), true);
    }

    /**
     * Does this service's part in a transaction of its own, and prepares it if the work votes for it; otherwise rolls it back.
     *
     * @param work what is to be done; where it fails it throws, for a failure that it kept to itself would be voted for
     */
    public Vote prepare(OrderId transaction, Supplier<Vote> work) {
        if (!mayPrepare()) {
            return new Vote.Contended("too many other transactions are being prepared");
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
                return new Vote.Contended("others held a row that it needs for too long");
            }
            throw e;
        } finally {
            preparing.release();
        }
    }

    /** What then sends the commit finds no transaction any more, and the driver does nothing. */
    private void prepareInPlaceOfTheCommit(OrderId transaction) {
        // of the order that the unit of work has, and registered after it, so that all is written before
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

    private boolean mayPrepare() {
        try {
            return preparing.tryAcquire(properties.lockTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** @return why it may not be prepared; empty if it may */
    private Optional<Vote> claim(OrderId transaction) {
        Boolean claimed = jdbc.queryForObject(
                CLAIM, (row, _) -> row.getBoolean(2), millis(properties.lockTimeout()), lockOf(transaction));
        if (!Boolean.TRUE.equals(claimed)) {
            return Optional.of(new Vote.Contended("it is being prepared or rolled back already"));
        }
        if (is(IS_ROLLED_BACK, transaction)) {
            return Optional.of(new Vote.Contended("it was rolled back already"));
        }
        return is(IS_COMMITTED, transaction)
                ? Optional.of(new Vote.Contended("it was committed already"))
                : Optional.empty();
    }

    private boolean is(String question, OrderId transaction) {
        return Boolean.TRUE.equals(jdbc.queryForObject(question, Boolean.class, transaction.value()));
    }

    /** @throws ProblemException {@link #UNKNOWN_BRANCH} if it was never prepared, or rolled back, or committed too long ago */
    @Override
    public void commit(OrderId transaction) {
        if (!end("commit", transaction) && !is(IS_COMMITTED, transaction)) {
            throw new ProblemException(
                    UNKNOWN_BRANCH,
                    "No branch of " + transaction + " is prepared, and there is no record of its commit.");
        }
    }

    /** @throws ProblemException if a prepare is under way and does not come to its end in time */
    @Override
    public void rollback(OrderId transaction) {
        long deadlineNanos = System.nanoTime() + 2 * properties.lockTimeout().toNanos();
        do {
            var _ = end("rollback", transaction);
            if (bury(transaction)) {
                return;
            }
        } while (System.nanoTime() < deadlineNanos);
        throw new ProblemException(
                ProblemType.UNAVAILABLE, "The branch is still being prepared. Try again in a moment.");
    }

    /** @return false if it is being prepared, or prepared by now */
    private boolean bury(OrderId transaction) {
        try {
            transactions.executeWithoutResult(_ -> {
                jdbc.query(AWAIT, _ -> {}, millis(LOOK), lockOf(transaction));
                jdbc.update(BURY, transaction.value());
            });
            return true;
        } catch (DataAccessException e) {
            if (isContention(e)) {
                return false;
            }
            throw e;
        }
    }

    /** @return false if it is not prepared */
    private boolean end(String verdict, OrderId transaction) {
        try {
            jdbc.execute(verdict + " prepared '" + gid(transaction) + "'");
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
