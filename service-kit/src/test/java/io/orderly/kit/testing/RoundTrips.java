package io.orderly.kit.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Records what a service sends to its database: for each use of a connection, the SQL of each round trip, with {@value #COMMIT} for a
 * commit. To be imported into the context of a test.
 */
public final class RoundTrips implements BeanPostProcessor {

    public static final String COMMIT = "commit";

    private final ConcurrentLinkedQueue<List<String>> transactions = new ConcurrentLinkedQueue<>();

    /** Forgets what was recorded. */
    public void clear() {
        transactions.clear();
    }

    /** The committed transactions with a statement that contains the text, in the order of their ends. */
    public List<List<String>> transactionsWith(String text) {
        return transactions.stream()
                .filter(sent -> sent.contains(COMMIT) && sent.stream().anyMatch(sql -> sql.contains(text)))
                .toList();
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource dataSource ? recorded(dataSource) : bean;
    }

    private DataSource recorded(DataSource dataSource) {
        return proxy(DataSource.class, (_, method, arguments) -> {
            Object result = call(dataSource, method, arguments);
            return result instanceof Connection connection ? recorded(connection) : result;
        });
    }

    private Connection recorded(Connection connection) {
        List<String> sent = new ArrayList<>();
        return proxy(Connection.class, (_, method, arguments) -> {
            Object result = call(connection, method, arguments);
            switch (method.getName()) {
                case "commit" -> sent.add(COMMIT);
                case "close" -> transactions.add(List.copyOf(sent));
                default -> {}
            }
            return switch (result) {
                case PreparedStatement statement ->
                    recorded(PreparedStatement.class, statement, (String) arguments[0], sent);
                case Statement statement -> recorded(Statement.class, statement, "", sent);
                case null, default -> result;
            };
        });
    }

    private static <S extends Statement> S recorded(Class<S> type, S statement, String prepared, List<String> sent) {
        return proxy(type, (_, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                boolean isPrepared = arguments == null || arguments.length == 0;
                sent.add((isPrepared ? prepared : String.valueOf(arguments[0])).toLowerCase(Locale.ROOT));
            }
            return call(statement, method, arguments);
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(RoundTrips.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
