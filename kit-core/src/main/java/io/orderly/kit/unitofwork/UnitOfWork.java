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
 * The statements that the current transaction writes last. A statement here is not executed at once: all of a transaction are
 * sent together just before the commit, in the order in which they came, and PostgreSQL executes them one after the other in a
 * single round trip. If one fails, those behind it are not executed, and the transaction is rolled back.
 *
 * <p>What a transaction reads afterwards does not show what it writes here. What has to be locked before a decision is
 * made must be locked before.
 */
public final class UnitOfWork {

    private static final IntConsumer UNCHECKED = rows -> {};

    private final DataSource dataSource;
    private final PendingChanges changesBefore;
    private final SQLExceptionTranslator translator;

    /** @param changesBefore written before the statements of a unit of work */
    public UnitOfWork(DataSource dataSource, PendingChanges changesBefore) {
        this.dataSource = dataSource;
        this.changesBefore = changesBefore;
        this.translator = new SQLErrorCodeSQLExceptionTranslator(dataSource);
    }

    /**
     * @param sql one statement, each parameter of it a question mark; what rows it returns nobody sees
     * @param parameters anything the PostgreSQL driver has a type for, arrays included
     * @throws IllegalTransactionStateException if there is no transaction
     */
    public void write(String sql, @Nullable Object... parameters) {
        pending().writes.add(new Write(sql, UNCHECKED, parameters));
    }

    /**
     * As {@link #write(String, Object...)}, for a statement whose number of rows matters.
     *
     * @param check told how many rows were written, before the commit; it throws to have the transaction rolled back
     */
    public void write(String sql, IntConsumer check, @Nullable Object... parameters) {
        pending().writes.add(new Write(sql, check, parameters));
    }

    /**
     * Says what it means if the current transaction violates a constraint by what it writes here.
     *
     * @param meaning thrown then, in place of a {@link org.springframework.dao.DataIntegrityViolationException}
     */
    public void onViolation(String constraint, Supplier<? extends RuntimeException> meaning) {
        pending().meanings.put(constraint, meaning);
    }

    /** Sees to it that the current transaction has a unit of work, for one who will write as late as before the commit. */
    public void begin() {
        pending();
    }

    private Pending pending() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException("only a transaction has a unit of work");
        }
        Pending pending = (Pending) TransactionSynchronizationManager.getResource(this);
        if (pending == null) {
            pending = new Pending();
            TransactionSynchronizationManager.bindResource(this, pending);
            TransactionSynchronizationManager.registerSynchronization(pending);
        }
        return pending;
    }

    private record Write(
            String sql, IntConsumer check, @Nullable Object[] parameters) {}

    /** What one transaction will write. */
    private final class Pending implements TransactionSynchronization {

        private final List<Write> writes = new ArrayList<>();
        private final Map<String, Supplier<? extends RuntimeException>> meanings = new HashMap<>();

        @Override
        public void beforeCommit(boolean readOnly) {
            changesBefore.flush();
            if (!writes.isEmpty()) {
                Connection connection = DataSourceUtils.getConnection(dataSource);
                try {
                    write(connection);
                } catch (SQLException e) {
                    throw meaningOf(e);
                } finally {
                    DataSourceUtils.releaseConnection(connection, dataSource);
                }
            }
        }

        private RuntimeException meaningOf(SQLException failure) {
            ServerErrorMessage message = failure instanceof PSQLException e ? e.getServerErrorMessage() : null;
            String violated = message == null ? null : message.getConstraint();
            Supplier<? extends RuntimeException> meaning = violated == null ? null : meanings.get(violated);
            return meaning == null ? translated(failure) : meaning.get();
        }

        private DataAccessException translated(SQLException failure) {
            DataAccessException known = translator.translate("write a unit of work", null, failure);
            return known != null ? known : new UncategorizedSQLException("write a unit of work", null, failure);
        }

        /** PostgreSQL's driver sends statements that a semicolon separates together, each prepared by itself. */
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
            // after every other synchronization that may still write something
            return LOWEST_PRECEDENCE;
        }
    }
}
