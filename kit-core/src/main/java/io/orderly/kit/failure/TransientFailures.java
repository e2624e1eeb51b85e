package io.orderly.kit.failure;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.util.ClassUtils;

/**
 * Recognizes transient failures, such as a lost database connection, after which the same operation can succeed later.
 */
public final class TransientFailures {

    private static final boolean KAFKA_IS_PRESENT = ClassUtils.isPresent(
            "org.apache.kafka.common.errors.RetriableException", TransientFailures.class.getClassLoader());

    private TransientFailures() {}

    public static boolean isTransient(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            boolean isTransient = switch (each) {
                case TransientDataAccessException e -> true;
                case RecoverableDataAccessException e -> true;
                case DataAccessResourceFailureException e -> true;
                case CannotCreateTransactionException e -> true;
                case SQLTransientException e -> true;
                case SQLException e -> isTransientState(e.getSQLState()) || isClosedConnection(e);
                default -> KAFKA_IS_PRESENT && OfKafka.isTransient(each);
            };
            if (isTransient) {
                return true;
            }
        }
        return false;
    }

    /**
     * HikariCP's exception on the rollback of a lost connection, which has no SQL state. The transaction manager throws it
     * instead of the failure that broke the connection.
     */
    private static boolean isClosedConnection(SQLException e) {
        return e.getSQLState() == null && "Connection is closed".equals(e.getMessage());
    }

    /** PostgreSQL, Appendix A: connection lost (08), rolled back (40), no resources (53), operator intervention (57P). */
    private static boolean isTransientState(@Nullable String state) {
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("40")
                        || state.startsWith("53")
                        || state.startsWith("57P"));
    }

    /** A class of its own, loaded only if the Kafka client is on the class path. */
    private static final class OfKafka {

        static boolean isTransient(Throwable failure) {
            return failure instanceof RetriableException;
        }
    }
}
