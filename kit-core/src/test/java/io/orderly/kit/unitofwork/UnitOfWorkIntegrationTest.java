package io.orderly.kit.unitofwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.backends.Database;
import io.orderly.backends.SharedBackends;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.Ordered;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class UnitOfWorkIntegrationTest {

    private static final String INSERT = "insert into notes (note) select unnest(?::text[])";

    private UnitOfWork unitOfWork;
    private TransactionTemplate transactions;
    private TransactionTemplate innerTransactions;
    private JdbcClient jdbc;

    @BeforeEach
    void connect() {
        Database database = SharedBackends.freshDatabase("unitofwork");
        var dataSource = new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
        jdbc = JdbcClient.create(dataSource);
        unitOfWork = new UnitOfWork(dataSource, PendingChanges.NONE);
        var manager = new JdbcTransactionManager(dataSource);
        transactions = new TransactionTemplate(manager);
        innerTransactions = new TransactionTemplate(manager);
        innerTransactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        jdbc.sql("create table notes (id bigint generated always as identity, note text primary key)")
                .update();
    }

    @Test
    void executesStatementsInOrderAtTheCommit() {
        transactions.executeWithoutResult(status -> {
            write("a", "b");
            unitOfWork.write("update notes set note = note || ? where note = ?", "!", "b");
            unitOfWork.write("select 1 from notes where note = ? for update", "a");
            write("b");
            assertThat(notes()).isEmpty();
        });

        assertThat(notes()).containsExactly("a", "b!", "b");
    }

    @Test
    void reportsTheNumberOfRowsOfEachStatement() {
        List<Integer> rows = new ArrayList<>();
        transactions.executeWithoutResult(status -> {
            unitOfWork.write(INSERT, rows::add, (Object) new String[] {"a", "b", "c"});
            unitOfWork.write("select 1 from notes where note = ?", "a");
            unitOfWork.write("delete from notes where note < ?", rows::add, "c");
            unitOfWork.write("delete from notes where note < ?", rows::add, "c");
        });

        assertThat(rows).containsExactly(3, 2, 0);
    }

    @Test
    void writesNothingIfOneStatementFails() {
        assertThatThrownBy(() -> transactions.executeWithoutResult(status -> {
                    write("a");
                    write("a");
                    write("b");
                }))
                .isInstanceOf(DuplicateKeyException.class);

        assertThat(notes()).isEmpty();
    }

    /** An error raised by a trigger or a function has an SQL state that Spring does not classify. */
    @Test
    void keepsTheMessageOfAnUnknownDatabaseError() {
        jdbc.sql(
                        "create function complain() returns int language plpgsql as $$ begin raise exception 'not like this'; end $$")
                .update();

        assertThatThrownBy(() -> transactions.executeWithoutResult(status -> {
                    write("a");
                    unitOfWork.write("select complain()");
                }))
                .isInstanceOf(UncategorizedSQLException.class)
                .hasMessageContaining("not like this");

        assertThat(notes()).isEmpty();
    }

    @Test
    void aViolatedConstraintThrowsTheExceptionRegisteredForIt() {
        assertThatThrownBy(() -> transactions.executeWithoutResult(status -> {
                    unitOfWork.onViolation("another", () -> new IllegalStateException("other constraint"));
                    unitOfWork.onViolation("notes_pkey", () -> new IllegalStateException("duplicate note"));
                    write("a", "a");
                }))
                .hasMessage("duplicate note");

        assertThat(notes()).isEmpty();
    }

    @Test
    void aTransactionBufferIsWrittenOncePerTransaction() {
        List<List<String>> written = new ArrayList<>();
        List<List<String>> committed = new ArrayList<>();
        var buffer = new TransactionBuffer<String>(
                unitOfWork,
                notes -> {
                    written.add(List.copyOf(notes));
                    write(notes.toArray(String[]::new));
                },
                notes -> committed.add(List.copyOf(notes)));

        transactions.executeWithoutResult(_ -> {
            buffer.add(List.of("a"));
            innerTransactions.executeWithoutResult(_ -> buffer.add(List.of("x")));
            buffer.add(List.of("b", "c"));
        });
        assertThatThrownBy(() -> transactions.executeWithoutResult(_ -> {
                    buffer.add(List.of("d"));
                    throw new IllegalStateException("not this one");
                }))
                .hasMessage("not this one");
        assertThatThrownBy(() -> buffer.add(List.of("e"))).isInstanceOf(IllegalTransactionStateException.class);

        assertThat(written).containsExactly(List.of("x"), List.of("a", "b", "c"));
        assertThat(committed).isEqualTo(written);
        assertThat(notes()).containsExactly("x", "a", "b", "c");
    }

    @Test
    void writesNothingIfACheckThrows() {
        assertThatThrownBy(() -> transactions.executeWithoutResult(status -> {
                    write("a");
                    unitOfWork.write(
                            "delete from notes where note = ?",
                            rows -> {
                                throw new IllegalStateException("rejected");
                            },
                            "b");
                }))
                .hasMessage("rejected");

        assertThat(notes()).isEmpty();
    }

    /**
     * A synchronization that is registered during the transaction still runs after the statements and before the commit.
     */
    @Test
    void synchronizationsRunBeforeTheCommit() {
        List<String> seenByOthers = new ArrayList<>();
        transactions.executeWithoutResult(status -> {
            write("a");
            unitOfWork.write(INSERT, rows -> {}, (Object) new String[] {"b"});
            beforeTheCommitIsSent(() -> {
                seenByOthers.addAll(innerTransactions.execute(inner -> notes()));
                jdbc.sql("insert into notes (note) values ('c')").update();
            });
        });

        assertThat(seenByOthers).isEmpty();
        assertThat(notes()).containsExactly("a", "b", "c");
    }

    @Test
    void aSynchronizationCanRollBackAfterTheStatementsWereSent() {
        assertThatThrownBy(() -> transactions.executeWithoutResult(status -> {
                    write("a");
                    beforeTheCommitIsSent(() -> {
                        throw new IllegalStateException("rejected");
                    });
                }))
                .hasMessage("rejected");

        assertThat(notes()).isEmpty();
    }

    /** Synchronizations of the same order are called in the order of registration. */
    private static void beforeTheCommitIsSent(Runnable action) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                action.run();
            }

            @Override
            public int getOrder() {
                return Ordered.LOWEST_PRECEDENCE;
            }
        });
    }

    @Test
    void anInnerTransactionHasItsOwnUnitOfWork() {
        assertThatThrownBy(() -> transactions.executeWithoutResult(status -> {
                    write("outer");
                    innerTransactions.executeWithoutResult(inner -> write("inner"));
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");

        assertThat(notes()).containsExactly("inner");
    }

    @Test
    void aRolledBackUnitOfWorkDoesNotLeakIntoTheNextTransaction() {
        transactions.executeWithoutResult(status -> {
            write("a");
            status.setRollbackOnly();
        });
        transactions.executeWithoutResult(status -> write("b"));

        assertThat(notes()).containsExactly("b");
    }

    @Test
    void requiresATransaction() {
        assertThatThrownBy(() -> write("a")).isInstanceOf(IllegalTransactionStateException.class);
    }

    private void write(String... notes) {
        unitOfWork.write(INSERT, (Object) notes);
    }

    private List<String> notes() {
        return jdbc.sql("select note from notes order by id")
                .query(String.class)
                .list();
    }
}
