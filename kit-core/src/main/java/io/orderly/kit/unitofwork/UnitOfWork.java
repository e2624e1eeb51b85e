package io.orderly.kit.unitofwork;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Collects write statements of the current transaction. They are not executed at once: just before the commit, all of them
 * are sent in one round trip, and PostgreSQL executes them in the order in which they were added. If a statement fails,
 * those after it are not executed and the transaction is rolled back.
 *
 * <p>Queries of the same transaction do not see these writes. Rows on which a decision is based must be locked before the
 * decision, by a statement that is executed at once.
 */
public final class UnitOfWork {

    private static final IntConsumer UNCHECKED = rows -> {};

    private final DataSource dataSource;
    private final PendingChanges pendingChanges;
    private final SQLExceptionTranslator translator;

    /** @param pendingChanges flushed before the statements are executed */
    public UnitOfWork(DataSource dataSource, PendingChanges pendingChanges) {
        this.dataSource = dataSource;
        this.pendingChanges = pendingChanges;
        this.translator = new SQLErrorCodeSQLExceptionTranslator(dataSource);
    }

    /**
     * @param sql one statement with a question mark for each parameter; rows that it returns are ignored
     * @param parameters values of types that the PostgreSQL driver supports, including arrays
     * @throws IllegalTransactionStateException if there is no transaction
     */
    public void write(String sql, @Nullable Object... parameters) {
        current().writes.add(new Write(sql, UNCHECKED, parameters));
    }

    /**
     * As {@link #write(String, Object...)}, for a statement whose number of rows must be checked.
     *
     * @param check called with the number of rows written, before the commit; if it throws, the transaction is rolled back
     */
    public void write(String sql, IntConsumer check, @Nullable Object... parameters) {
        current().writes.add(new Write(sql, check, parameters));
    }

    /**
     * Replaces the exception that is thrown if a statement of the current transaction's unit of work violates a constraint.
     *
     * @param exception supplies the exception that is thrown instead of a
     *     {@link org.springframework.dao.DataIntegrityViolationException}
     */
    public void onViolation(String constraint, Supplier<? extends RuntimeException> exception) {
        current().exceptions.put(constraint, exception);
    }

    /**
     * Begins the unit of work of the current transaction, for a caller that adds statements only in its own before-commit
     * callback.
     */
    public void begin() {
        current();
    }

    private Writes current() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException("no transaction is active");
        }
        Writes current = (Writes) TransactionSynchronizationManager.getResource(this);
        if (current == null) {
            current = new Writes();
            TransactionSynchronizationManager.bindResource(this, current);
            TransactionSynchronizationManager.registerSynchronization(current);
        }
        return current;
    }

    private record Write(
            String sql, IntConsumer check, @Nullable Object[] parameters) {}

    /** The statements of one transaction. */
    private final class Writes implements TransactionSynchronization {

        private final List<Write> writes = new ArrayList<>();
        private final Map<String, Supplier<? extends RuntimeException>> exceptions = new HashMap<>();

        @Override
        public void beforeCommit(boolean readOnly) {
            pendingChanges.flush();
            if (!writes.isEmpty()) {
                Connection connection = DataSourceUtils.getConnection(dataSource);
                try {
                    write(connection);
                } catch (SQLException e) {
                    throw exceptionFor(e);
                } finally {
                    DataSourceUtils.releaseConnection(connection, dataSource);
                }
            }
        }

        private RuntimeException exceptionFor(SQLException failure) {
            ServerErrorMessage message = failure instanceof PSQLException e ? e.getServerErrorMessage() : null;
            String violated = message == null ? null : message.getConstraint();
            Supplier<? extends RuntimeException> exception = violated == null ? null : exceptions.get(violated);
            return exception == null ? translated(failure) : exception.get();
        }

        private DataAccessException translated(SQLException failure) {
            DataAccessException known = translator.translate("write a unit of work", null, failure);
            return known != null ? known : new UncategorizedSQLException("write a unit of work", null, failure);
        }

        /**
         * The PostgreSQL driver sends statements separated by semicolons in one round trip, each as its own prepared
         * statement.
         */
        private void write(Connection connection) throws SQLException {
            String together = writes.stream().map(Write::sql).collect(Collectors.joining(";\n"));
            try (PreparedStatement statement = connection.prepareStatement(together)) {
                int index = 1;
                for (Write write : writes) {
                    for (Object parameter : write.parameters()) {
                        statement.setObject(index++, parameter);
                    }
                }
                statement.execute();
                for (Write write : writes) {
                    int rows = statement.getUpdateCount();
                    write.check().accept(rows);
                    statement.getMoreResults();
                }
            }
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(UnitOfWork.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(UnitOfWork.this, this);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(UnitOfWork.this);
        }

        @Override
        public int getOrder() {
            // after other synchronizations, which may still add statements
            return LOWEST_PRECEDENCE;
        }
    }
}
